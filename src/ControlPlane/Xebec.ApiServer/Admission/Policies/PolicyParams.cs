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
    public async ValueTask<IReadOnlyList<ObjectValue?>> FindAsync(
        PolicyDefinition policy, PolicyBinding binding, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (policy.ParamKind is not var (groupVersion, kind) || !binding.HasParams)
            return None;
        var resource = catalog.FindKind(groupVersion, kind) ?? throw new PolicyException(
            $"failed to find resource referenced by paramKind: '{groupVersion}, Kind={kind}'");
        var found = Find(resource, NamespaceOf(resource, binding, request), binding);
        if (found.Length == 0 && !binding.AllowsMissingParams)
            throw new PolicyException("no params found for policy binding with `Deny` parameterNotFoundAction");
        await resource.PrepareAsync(found, cancellationToken);
        return [.. found.Select(p => Read(resource, p))];
    }

    private static CachedObject[] Find(ServedResource resource, string ns, PolicyBinding binding)
    {
        var snapshot = resource.Cache.Snapshot;
        if (binding.ParamSelector is not { } selector)
            return snapshot.Objects.TryGetValue(resource.Key(ns, binding.ParamName), out var named) ? [named] : [];

        var (start, end) = snapshot.Objects.IsEmpty ? (0, 0) : snapshot.Find(resource.Prefix(ns), null);
        return [.. snapshot.Ordered[start..end].Where(p => selector.Matches(p.Facts.Labels))];
    }

    private ObjectValue Read(ServedResource resource, CachedObject item) =>
        resource.Conversion is null ? _trees.Of(item) : resource.Read(item);

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
