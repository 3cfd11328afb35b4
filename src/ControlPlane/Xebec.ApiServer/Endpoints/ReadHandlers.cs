using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Audit;
using Xebec.ApiServer.Endpoints.Formats;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Endpoints;

/// <summary>GET of an object and of a list.</summary>
internal sealed class ReadHandlers(CacheSet caches, ListReader lists, ContentNegotiation negotiation)
{
    public async Task GetAsync(RequestContext request)
    {
        var format = negotiation.Choose(request);
        var item = await FindAsync(request);
        await Responses.WriteObjectAsync(request, format, item);
    }

    /// <summary>The object the request names: as new as it can be, or as the resourceVersion in the query says.</summary>
    /// <exception cref="ApiException">404, 504 when the revision asked for does not come.</exception>
    public async ValueTask<CachedObject> FindAsync(RequestContext request)
    {
        var asked = request.Query.Count == 0 ? null : QueryNumbers.ReadRevision(request.Parameter("resourceVersion"));
        if (asked is null)
            await caches.WaitUntilFreshAsync(request.Aborted);
        else if (asked > 0)
            await lists.WaitForGivenAsync(asked.Value, request.Aborted);
        var key = request.Resource.Key(request.Info.Namespace, request.Info.Name);
        return request.Resource.Cache.Snapshot.Objects.GetValueOrDefault(key)
            ?? throw request.Resource.Absent(key, request.Info.Name);
    }

    public async Task ListAsync(RequestContext request)
    {
        var format = negotiation.Choose(request);
        var options = ListOptions.Read(request);
        var filter = ObjectFilter.Read(options, request.Resource, "");
        var page = await lists.ReadAsync(request.Resource, request.Info.Namespace, options, filter, request.Aborted);
        page = page with { Items = await request.Resource.ServeAsync(page.Items, request.Aborted) };
        if (request.Audit is { } audit)
            Record(audit, request.Resource, page);
        await Responses.WriteListAsync(request, format, page);
    }

    // Apart from ListAsync, so that only recorded lists pay for the closure.
    private static void Record(AuditRecord audit, ServedResource resource, ListPage page) =>
        audit.SetResponseObject(() => JsonFormat.ListBytesAsync(new JsonFormat(), resource, page));
}
