using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Admission;

/// <summary>One write on its way through admission. Mutating plugins change <see cref="Object"/> in place.</summary>
public sealed class AdmissionRequest
{
    /// <summary>What the write does.</summary>
    public required AdmissionOperation Operation { get; init; }

    /// <summary>The resource written to.</summary>
    public required ResourceInfo Resource { get; init; }

    /// <summary>The subresource, empty when none.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The namespace, empty for cluster-scoped resources.</summary>
    public required string Namespace { get; init; }

    /// <summary>The object's name; empty while a name is still to be generated.</summary>
    public required string Name { get; set; }

    /// <summary>Who writes.</summary>
    public required UserInfo User { get; init; }

    /// <summary>The object as it would be stored (create, update), or the options' object of a connect; null for delete.</summary>
    public ObjectValue? Object { get; init; }

    /// <summary>The object as it is stored now (update, delete). Not to be changed.</summary>
    public ObjectValue? OldObject { get; init; }

    /// <summary>Nothing will be stored: plugins must have no lasting effect.</summary>
    public bool DryRun { get; init; }

    /// <summary>The options of the operation (CreateOptions, UpdateOptions, DeleteOptions) as a tree, made when they are asked for.</summary>
    public Func<ObjectValue?> Options { get; init; } = static () => null;

    /// <summary>Shows the client a Warning header.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Notes something for the audit log, by key.</summary>
    public Action<string, string> Annotate { get; init; } = static (_, _) => { };

    /// <summary>The mutating plugins run once more, because a webhook or a policy changed what earlier ones had seen.</summary>
    internal bool IsReinvocation { get; set; }

    /// <summary>Asks for one more run of the mutating plugins.</summary>
    internal bool NeedsReinvocation { get; set; }

    /// <summary>Which webhooks are to be called again, null when none was called.</summary>
    internal Reinvocation? Webhooks { get; set; }

    /// <summary>Which mutating policies are to be evaluated again, null when none was.</summary>
    internal Reinvocation? Policies { get; set; }

    /// <summary>The kind of <see cref="Object"/>: the resource's, or the one a subresource speaks.</summary>
    internal SubresourceInfo Kind => Subresource.Length > 0 && Resource.Subresources.FirstOrDefault(s => s.Name == Subresource) is { } other
        ? other
        : new SubresourceInfo("", Resource.GroupVersion, Resource.Kind);

    /// <summary>Undone when the write fails after admission, for example a quota reservation; run in reverse order.</summary>
    public List<Func<ValueTask>> OnFailure { get; } = [];

    /// <summary>Told the store's revision once the write is durable; the caches may be a moment behind it.</summary>
    public List<Action<long>> OnStored { get; } = [];

    /// <summary>Tells plugins the revision that stored the write; null when another write came first, which undoes what they did.</summary>
    public ValueTask SettleAsync(long? revision)
    {
        if (revision is not { } stored)
            return UndoAsync();
        OnStored.ForEach(told => told(stored));
        return ValueTask.CompletedTask;
    }

    /// <summary>Undoes what plugins did for a write that then failed.</summary>
    public async ValueTask UndoAsync()
    {
        for (var i = OnFailure.Count - 1; i >= 0; i--)
            await OnFailure[i]();
        OnFailure.Clear();
    }

    /// <summary>Puts another object's content in the place of the object's.</summary>
    internal void Replace(ObjectValue content)
    {
        Object!.Clear();
        foreach (var (name, value) in content)
            Object.Add(name, value);
    }

    /// <summary>A pod's containers are to have other resources than before (pods/resize).</summary>
    internal bool IsResize => Subresource == "resize" && Operation == AdmissionOperation.Update && Resource is { Plural: "pods", GroupVersion.Group: "" };

    /// <summary>Whether it is a plural of a group, with no subresource.</summary>
    public bool Is(string group, string plural) =>
        Subresource.Length == 0 && Resource.GroupVersion.Group == group && Resource.Plural == plural;
}
