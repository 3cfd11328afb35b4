using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Namespaces carry their name as a label, so that selectors can name them.</summary>
internal static class NamespaceRules
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    public static void Default(ObjectValue ns)
    {
        if (ns.GetObject("metadata") is { } metadata && metadata.GetString("name") is { Length: > 0 } name)
            metadata.GetOrAddObject("labels")[NameLabel] = name;
    }

    public static void CheckCreate(ObjectValue ns, CheckContext context)
    {
        foreach (var item in ns.GetObject("spec")?.GetList("finalizers") ?? [])
        {
            context.Enter("spec");
            CheckFinalizer(item.AsString() ?? "", context);
            context.Leave();
        }
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context)
    {
        if (subresource != "finalize")
            return;
        var finalizers = updated.GetObject("spec")?.GetList("finalizers");
        for (var i = 0; i < (finalizers?.Count ?? 0); i++)
        {
            context.Enter("spec");
            context.Enter("finalizers");
            context.EnterItem(i);
            foreach (var message in Objections(finalizers![i].AsString() ?? ""))
                context.InvalidHere(finalizers[i], message);
            context.Leave();
            context.Leave();
            context.Leave();
        }
    }

    public static void CheckStatus(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        var phase = updated.GetObject("status")?.GetString("phase") ?? "";
        var isDeleted = updated.GetObject("metadata")?["deletionTimestamp"].IsAbsent() == false;
        context.Enter("status");
        if (!isDeleted && phase != "Active")
            context.Invalid("Phase", phase, "may only be 'Active' if `deletionTimestamp` is empty");
        if (isDeleted && phase != "Terminating")
            context.Invalid("Phase", phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
        context.Leave();
    }

    private static void CheckFinalizer(string name, CheckContext context)
    {
        foreach (var message in Objections(name))
            context.Invalid("finalizers", name, message);
    }

    private static IEnumerable<string> Objections(string name)
    {
        foreach (var message in NameRules.QualifiedName(name))
            yield return message;
        if (!name.Contains('/', StringComparison.Ordinal) && name is not ("kubernetes" or "orphan" or "foregroundDeletion"))
            yield return "name is neither a standard finalizer name nor is it fully qualified";
    }
}
