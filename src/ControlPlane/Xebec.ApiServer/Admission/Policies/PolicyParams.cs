using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Matching;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>Finds the parameters that a binding gives its policy, of built-in and custom kinds alike.</summary>
internal sealed class PolicyParams(ResourceCatalog catalog)
{
    // A binding without parameters is applied once, with params being null.
    private static readonly ObjectValue?[] None = [null];
    private readonly DerivedFacts<ObjectValue> _trees = new(item => item.ToTree());

    /// <summary>The parameters to apply the policy with, one after the other; none when the binding does nothing without.</summary>
    /// <exception cref="PolicyException">There are none and there must be, or the reference does not fit the kind.</exception>
    public IReadOnlyList<ObjectValue?> Find(PolicyDefinition policy, PolicyBinding binding, AdmissionRequest request)
    {
        if (policy.ParamKind is not var (groupVersion, kind) || !binding.HasParams)
            return None;
        var resource = catalog.FindKind(groupVersion, kind) ?? throw new PolicyException(
            $"failed to find resource referenced by paramKind: '{groupVersion}, Kind={kind}'");
        var found = Find(resource, NamespaceOf(resource, binding, request), binding);
        return found.Count == 0 && !binding.AllowsMissingParams
            ? throw new PolicyException("no params found for policy binding with `Deny` parameterNotFoundAction")
            : found;
    }

    private List<ObjectValue?> Find(ServedResource resource, string ns, PolicyBinding binding)
    {
        var snapshot = resource.Cache.Snapshot;
        var found = new List<ObjectValue?>();
        if (binding.ParamSelector is not { } selector)
        {
            if (snapshot.Objects.TryGetValue(resource.Key(ns, binding.ParamName), out var named))
                found.Add(Read(resource, named));
            return found;
        }

        var (start, end) = snapshot.Objects.IsEmpty ? (0, 0) : snapshot.Find(resource.Prefix(ns), null);
        for (var i = start; i < end; i++)
        {
            if (selector.Matches(snapshot.Ordered[i].Facts.Labels))
                found.Add(Read(resource, snapshot.Ordered[i]));
        }

        return found;
    }

    private ObjectValue Read(ServedResource resource, CachedObject item) => resource.Conversion is null ? _trees.Of(item) : resource.Read(item);

    private static string NamespaceOf(ServedResource resource, PolicyBinding binding, AdmissionRequest request)
    {
        if (!resource.Info.Namespaced)
        {
            return binding.ParamNamespace.Length == 0
                ? ""
                : throw new PolicyException("paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }

        if (binding.ParamNamespace.Length > 0)
            return binding.ParamNamespace;
        return MatchContext.NamespaceOf(request) is { Length: > 0 } ns
            ? ns
            : throw new PolicyException("cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
    }
}
