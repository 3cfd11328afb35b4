using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Aggregation;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Discovery;

/// <summary>
/// Discovery: which groups, versions and resources are served (/api, /apis and below). Documents are kept until the catalog changes.
/// </summary>
internal sealed class DiscoveryEndpoints(
    ResourceCatalog catalog, NonResourceEndpoints others, RemoteApis remotes, RemoteDocuments documents)
{
    private volatile Snapshot? _snapshot;

    /// <summary>/api.</summary>
    public Task CoreAsync(HttpContext http)
    {
        var format = DiscoveryFormat.Choose(http, aggregates: true);
        var groups = Current().Groups;
        return format.AggregatedVersion.Length > 0
            ? WriteAsync(http, format, () => AggregatedDiscovery.Document(groups.Where(g => g.Name.Length == 0), format.AggregatedVersion))
            : WriteAsync(http, format, format.Encode(DiscoveryDocuments.CoreVersions(groups, http.Request.Host.Value ?? "")));
    }

    /// <summary>/apis.</summary>
    public Task GroupsAsync(HttpContext http)
    {
        var format = DiscoveryFormat.Choose(http, aggregates: true);
        var groups = Current().Groups;
        return format.AggregatedVersion.Length > 0
            ? WriteAsync(http, format, () => AggregatedDiscovery.Document(groups.Where(g => g.Name.Length > 0), format.AggregatedVersion))
            : WriteAsync(http, format, () => DiscoveryDocuments.GroupList(groups));
    }

    /// <summary>Below /api and /apis.</summary>
    public Task BelowAsync(HttpContext http)
    {
        var parts = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api", var version] => ResourcesAsync(http, new GroupVersion("", version)),
            ["apis", var group] => GroupAsync(http, group),
            ["apis", var group, var version] => ResourcesAsync(http, new GroupVersion(group, version)),
            _ => throw ApiErrors.PathNotFound(),
        };
    }

    /// <summary>/: every path there is.</summary>
    public Task PathsAsync(HttpContext http)
    {
        var paths = new SortedSet<string>(others.Paths.Where(p => p != "/"), StringComparer.Ordinal);
        foreach (var version in Current().Groups.SelectMany(g => g.Versions))
        {
            var group = version.GroupVersion.Group;
            paths.Add(group.Length == 0 ? "/api" : "/apis/" + group);
            paths.Add(PathOf(version.GroupVersion));
        }

        return Responses.WriteJsonAsync(http, new ObjectValue { ["paths"] = DiscoveryDocuments.Texts(paths) }.ToUtf8());
    }

    /// <summary>The path of a group and version.</summary>
    public static string PathOf(GroupVersion groupVersion) => (groupVersion.Group.Length == 0 ? "/api/" : "/apis/") + groupVersion;

    private Task GroupAsync(HttpContext http, string name)
    {
        var group = Current().Groups.FirstOrDefault(g => g.Name == name && name.Length > 0) ?? throw ApiErrors.PathNotFound();
        return WriteAsync(http, DiscoveryFormat.Choose(http, aggregates: false), () => DiscoveryDocuments.Group(group));
    }

    private Task ResourcesAsync(HttpContext http, GroupVersion groupVersion)
    {
        var groups = Current().Groups;
        var version = groups.SelectMany(g => g.Versions).FirstOrDefault(v => v.GroupVersion == groupVersion)
            ?? throw ApiErrors.PathNotFound();
        return WriteAsync(http, DiscoveryFormat.Choose(http, aggregates: false), () => DiscoveryDocuments.ResourceList(version, groups));
    }

    private Snapshot Current()
    {
        var (generation, elsewhere) = ((catalog.Generation, documents.Generation), remotes.All);
        if (_snapshot is { } known && known.Generation == generation && ReferenceEquals(known.Elsewhere, elsewhere))
            return known;
        return _snapshot = new Snapshot(generation, elsewhere, ServedGroup.AllOf(catalog, elsewhere, documents));
    }

    // Only paths that are served come here, so that the answers kept are bounded.
    private Task WriteAsync(HttpContext http, DiscoveryFormat format, Func<ObjectValue> document) => WriteAsync(
        http, format, Current().Encoded.GetOrAdd((http.Request.Path.Value!.TrimEnd('/'), format), _ => format.Encode(document())));

    private static Task WriteAsync(HttpContext http, DiscoveryFormat format, byte[] body)
    {
        http.Response.Headers.Vary = "Accept";
        if (format.AggregatedVersion.Length > 0)
        {
            var tag = $"\"{Convert.ToHexString(SHA256.HashData(body))}\"";
            http.Response.Headers.ETag = tag;
            if (http.Request.Headers.IfNoneMatch == tag)
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
        }

        return Responses.WriteBytesAsync(http, body, format.ContentType);
    }

    private sealed record Snapshot(
        (long Catalog, long Documents) Generation, IReadOnlyCollection<RemoteApi> Elsewhere, IReadOnlyList<ServedGroup> Groups)
    {
        public ConcurrentDictionary<(string Path, DiscoveryFormat Format), byte[]> Encoded { get; } = new();
    }
}
