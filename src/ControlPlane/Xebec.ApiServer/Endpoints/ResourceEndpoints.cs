using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Registry.Autoscaling;

namespace Xebec.ApiServer.Endpoints;

/// <summary>
/// What serves a resource request: the special handlers of single resources and subresources from the table, else the generic verbs.
/// </summary>
internal sealed class ResourceEndpoints(
    SpecialHandlers special, ReadHandlers reads, WriteHandlers writes, DeleteHandlers deletes, WatchHandler watches,
    ContentNegotiation negotiation, ScaleHandlers customScales)
{
    public Task HandleAsync(RequestContext request)
    {
        var info = request.Info;
        if (special.Find(request) is { } handler)
            return handler(request);
        if (request.Resource.DeprecationWarning is { } deprecated)
            request.Warn(deprecated);
        if (info.Subresource == "scale" && request.Resource.Declared?.Scale is not null)
            return customScales.HandleAsync(request);
        if (info.Subresource.Length > 0)
            return HandleSubresource(request);
        if (!request.Resource.Info.Verbs.Contains(info.Verb) || SpansNamespaces(request))
            throw ApiErrors.MethodNotAllowed();
        if (info.Verb == "create" && request.Resource.Declared is { IsTerminating: true })
            throw TerminatingDefinition(request);
        return info.Verb switch
        {
            "get" => reads.GetAsync(request),
            "list" => reads.ListAsync(request),
            "watch" => watches.HandleAsync(request, negotiation.Choose(request)),
            "create" when info.Name.Length == 0 => writes.CreateAsync(request),
            "update" when info.Name.Length > 0 => writes.UpdateAsync(request),
            "patch" when info.Name.Length > 0 => writes.PatchAsync(request),
            "delete" => deletes.DeleteAsync(request),
            "deletecollection" => deletes.DeleteCollectionAsync(request),
            _ => throw ApiErrors.MethodNotAllowed(),
        };
    }

    // Across all namespaces objects are only read: no one request writes or deletes in several of them.
    private static bool SpansNamespaces(RequestContext request) =>
        request.Resource.Info.Namespaced && request.Info.Namespace.Length == 0 && request.Info.Verb is not ("list" or "watch");

    private static ApiException TerminatingDefinition(RequestContext request) => ApiErrors.MethodNotSupported(
        request.Resource.Info, request.Info.Verb, $"{request.Info.Verb} not allowed while custom resource definition is terminating");

    // Status-like subresources speak the object's own kind, so the generic verbs serve them.
    private Task HandleSubresource(RequestContext request)
    {
        var subresource = request.Resource.Info.Subresources.FirstOrDefault(s => s.Name == request.Info.Subresource)
            ?? throw ApiErrors.PathNotFound();
        if (subresource.Kind != request.Resource.Info.Kind || subresource.GroupVersion != request.Resource.Info.GroupVersion)
            throw ApiErrors.MethodNotAllowed();
        return request.Info.Verb switch
        {
            "get" => reads.GetAsync(request),
            "update" => writes.UpdateAsync(request),
            "patch" => writes.PatchAsync(request),
            _ => throw ApiErrors.MethodNotAllowed(),
        };
    }
}
