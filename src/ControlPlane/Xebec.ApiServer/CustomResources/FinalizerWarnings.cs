using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Finalizers of custom resources that could be somebody else's, too. Pure.</summary>
internal static class FinalizerWarnings
{
    /// <summary>The warnings for the finalizers that an object did not have before.</summary>
    public static IEnumerable<string> Of(ObjectValue updated, ObjectValue? stored)
    {
        var known = stored?.GetObject("metadata").Texts("finalizers").ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var name in updated.GetObject("metadata").Texts("finalizers").Distinct().Order(StringComparer.Ordinal))
        {
            if (known.Contains(name))
                continue;
            foreach (var message in NameRules.QualifiedName(name))
                yield return $"metadata.finalizers: {GoText.Quote(name)}: {message}";
            if (!name.Contains('/', StringComparison.Ordinal) && name is not ("kubernetes" or "orphan" or "foregroundDeletion"))
            {
                const string Prefer =
                    "prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers";
                yield return $"metadata.finalizers: {GoText.Quote(name)}: {Prefer}";
            }
        }
    }
}
