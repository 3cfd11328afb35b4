using System.Collections.Concurrent;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text.Json;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Aggregation;

/// <summary>The discovery and OpenAPI documents of extension servers, fetched whenever they were found available.</summary>
internal sealed class RemoteDocuments(RemoteApis apis)
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<GroupVersion, RemoteDocument> _documents = new();
    private long _generation;

    /// <summary>Counts changes.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>What is known of a group and version; null when its server was never reached.</summary>
    public RemoteDocument? Find(GroupVersion groupVersion) => _documents.GetValueOrDefault(groupVersion);

    /// <summary>Forgets those of other groups and versions.</summary>
    public void Retain(IEnumerable<RemoteApi> wanted)
    {
        foreach (var gone in _documents.Keys.Except(wanted.Select(a => a.GroupVersion)))
        {
            if (_documents.TryRemove(gone, out _))
                Interlocked.Increment(ref _generation);
        }
    }

    /// <summary>What was known is shown as out of date.</summary>
    public void MarkStale(RemoteApi api)
    {
        if (Find(api.GroupVersion) is not { } known || known.Discovery.GetString("freshness") == "Stale")
            return;
        var stale = (ObjectValue)known.Discovery.DeepClone();
        stale["freshness"] = "Stale";
        Keep(api, known with { Discovery = stale });
    }

    /// <summary>Fetches the documents; what can't be had is left as it was.</summary>
    public async Task RefreshAsync(RemoteApi api, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var discovery = await DiscoverAsync(api, patience.Token);
            var index = await FetchAsync(api, "/openapi/v3", "application/json", patience.Token);
            var v3 = index?.GetObject("paths")?.GetObject(api.Path[1..])?.GetString("serverRelativeURL") ?? "";
            var v2 = OfGroup(await FetchAsync(api, "/openapi/v2", "application/json", patience.Token), api);
            if (discovery is null)
                return;
            byte[] all = [.. discovery.ToUtf8(), .. v2?.ToUtf8() ?? [], .. System.Text.Encoding.UTF8.GetBytes(v3)];
            var hash = Convert.ToHexString(SHA256.HashData(all));
            if (Find(api.GroupVersion)?.Hash != hash || Find(api.GroupVersion)?.Discovery.GetString("freshness") != "Current")
                Keep(api, new RemoteDocument(discovery, v3, v2, hash));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException or OperationCanceledException or JsonException)
        {
            MarkStale(api);
        }
    }

    /// <summary>A request of the aggregator itself.</summary>
    internal static HttpRequestMessage Request(HttpMethod method, string address) => new(method, address)
    {
        Headers =
        {
            { FrontProxyHeaders.User, "system:kube-aggregator" },
            { FrontProxyHeaders.Group, "system:masters" },
        },
    };

    private void Keep(RemoteApi api, RemoteDocument document)
    {
        _documents[api.GroupVersion] = document;
        Interlocked.Increment(ref _generation);
    }

    private async Task<ObjectValue?> DiscoverAsync(RemoteApi api, CancellationToken cancellationToken)
    {
        var groups = await FetchAsync(api, "/apis", $"{Aggregated},application/json", cancellationToken);
        var version = groups?.GetString("kind") == "APIGroupDiscoveryList" ? Entry(groups, api.GroupVersion) : null;
        if (version is not null)
            version["freshness"] = "Current";
        return version ?? (await FetchAsync(api, api.Path, "application/json", cancellationToken) is { } list
            ? RemoteDiscovery.FromResourceList(list, api.GroupVersion)
            : null);
    }

    private static ObjectValue? Entry(ObjectValue groups, GroupVersion wanted) =>
        groups.GetList("items")?.OfType<ObjectValue>().FirstOrDefault(g => g.GetObject("metadata")?.GetString("name") == wanted.Group)
            ?.GetList("versions")?.OfType<ObjectValue>().FirstOrDefault(v => v.GetString("version") == wanted.Version);

    // Its other paths (discovery, health) are not reached through this server.
    private static ObjectValue? OfGroup(ObjectValue? document, RemoteApi api)
    {
        if (document is null)
            return null;
        var paths = new ObjectValue();
        foreach (var (path, item) in document.GetObject("paths") ?? [])
        {
            if (path.StartsWith(api.Path + "/", StringComparison.Ordinal))
                paths[path] = item;
        }

        return new ObjectValue { ["paths"] = paths, ["definitions"] = document.GetObject("definitions") ?? [] };
    }

    private async Task<ObjectValue?> FetchAsync(RemoteApi api, string path, string accept, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, api.Backend.Origin + path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await apis.Client(api.Backend).Http.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode ? Value.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken)) as ObjectValue : null;
    }
}
