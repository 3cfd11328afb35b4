using Microsoft.AspNetCore.Http;
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

    /// <summary>The object the request names; consistent unless it asks for any resourceVersion.</summary>
    /// <exception cref="ApiException">404.</exception>
    public async ValueTask<CachedObject> FindAsync(RequestContext request)
    {
        if (request.Parameter("resourceVersion") is null or not "0")
            await caches.WaitUntilFreshAsync(request.Aborted);
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
        request.Http.Response.ContentType = format.ContentType;
        if (!HttpMethods.IsHead(request.Http.Request.Method))
            await format.WriteListAsync(request.Http.Response.BodyWriter, request.Resource, page, request.Aborted);
        await request.Http.Response.BodyWriter.FlushAsync(request.Aborted);
    }

    // Apart from ListAsync, so that only recorded lists pay for the closure.
    private static void Record(AuditRecord audit, ServedResource resource, ListPage page) =>
        audit.SetResponseObject(() => JsonFormat.ListBytesAsync(resource, page));
}
