using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>Namespaces: born active with the finalizer that lets their content be deleted first.</summary>
internal sealed class NamespaceStrategy : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool CountsGenerations => false;

    /// <inheritdoc/>
    public override bool ReturnsDeletedObject => true;

    /// <inheritdoc/>
    public override bool HoldsBack(ObjectValue stored) => stored.GetObject("spec")?.GetList("finalizers") is { Count: > 0 };

    /// <inheritdoc/>
    public override void MarkTerminating(ObjectValue stored) => stored.GetOrAddObject("status")["phase"] = "Terminating";

    /// <inheritdoc/>
    public override void PrepareForCreate(ObjectValue created, bool hasStatus)
    {
        base.PrepareForCreate(created, hasStatus);
        created["status"] = new ObjectValue { { "phase", "Active" } };
        var spec = created.GetOrAddObject("spec");
        if (spec.GetList("finalizers")?.Any(f => f.AsString() == "kubernetes") != true)
        {
            var finalizers = spec.GetList("finalizers") ?? new ListValue();
            finalizers.Add("kubernetes");
            spec["finalizers"] = finalizers;
        }

        var metadata = created.GetOrAddObject("metadata");
        metadata.GetOrAddObject("labels")["kubernetes.io/metadata.name"] = metadata.GetString("name");
    }

    /// <summary>Only the finalize subresource changes spec.finalizers.</summary>
    public override void PrepareForUpdate(ObjectValue updated, ObjectValue stored, bool hasStatus)
    {
        base.PrepareForUpdate(updated, stored, hasStatus);
        updated.GetOrAddObject("spec")["finalizers"] = stored.GetObject("spec")?["finalizers"];
        var metadata = updated.GetOrAddObject("metadata");
        metadata.GetOrAddObject("labels")["kubernetes.io/metadata.name"] = metadata.GetString("name");
    }
}
