using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission;

/// <summary>What admission plugins are made of.</summary>
internal sealed record AdmissionParts
{
    public required ResourceCatalog Catalog { get; init; }

    public required CacheSet Caches { get; init; }

    public required IAuthorizer Authorizer { get; init; }

    /// <summary>The part of the authorizer that knows roles; null when everything is allowed.</summary>
    public required RbacAuthorizer? Rbac { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Pods run as service accounts; false for servers that make no tokens.</summary>
    public required bool ServiceAccounts { get; init; }

    /// <summary>The writer, which exists only once admission does.</summary>
    public required Func<ResourceWriter> Writer { get; init; }

    /// <summary>The cached object of a built-in v1 resource, null when there is none.</summary>
    public CachedObject? Find(string group, string plural, string ns, string name)
    {
        var resource = Resource(group, plural);
        return resource.Cache.Snapshot.Objects.GetValueOrDefault(resource.Key(ns, name));
    }

    /// <summary>The cached objects of a namespace, or of all.</summary>
    public ReadOnlySpan<CachedObject> List(string group, string plural, string ns)
    {
        var resource = Resource(group, plural);
        var snapshot = resource.Cache.Snapshot;
        if (snapshot.Objects.IsEmpty)
            return [];
        var (start, end) = snapshot.Find(resource.Prefix(ns), null);
        return snapshot.Ordered.AsSpan(start, end - start);
    }

    private ServedResource Resource(string group, string plural) => Catalog.Find(group, "v1", plural)!;
}
