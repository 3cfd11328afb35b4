using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Aggregation;
using Xebec.ApiServer.Audit;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Filters;
using Xebec.ApiServer.FlowControl;
using Xebec.ApiServer.Registry;
using Xebec.Store;

namespace Xebec.ApiServer.Endpoints;

/// <summary>The way of every request: what does it ask, who asks, may they, who serves it; and what becomes of a failure.</summary>
internal sealed partial class RequestPipeline(
    ResourceCatalog catalog, Authenticator authenticator, Impersonation impersonation, IAuthorizer authorizer, ResourceEndpoints resources,
    NonResourceEndpoints others, RequestFilters filters, RequestLimits limits, RemoteApis remotes, RemoteForwarder forwarder,
    Auditor? auditor, RequestMetrics metrics, TimeProvider time, ILogger<RequestPipeline> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        RequestPath.Settle(http);
        var info = RequestInfo.Read(http.Request);
        filters.Prepare(http);
        if (!filters.Shutdown.TryBegin(http, info))
        {
            await GracefulShutdown.RefuseAsync(http);
            return;
        }

        RequestDeadline? deadline = null;
        var counted = Counted(info);
        metrics.Begin(counted);
        try
        {
            deadline = filters.Begin(http, info, started);
            await ServeAsync(http, info, started);
        }
        catch (Exception) when (deadline is { IsOver: true })
        {
            http.RequestAborted = deadline.Client;
            await Responses.WriteErrorAsync(http, ApiErrors.Timeout("request did not complete within the allotted timeout"));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: nobody is left to answer.
        }
        catch (Exception e)
        {
            var error = ToApiError(http, e);
            if (auditor is not null)
                Auditor.Fail(http, error, IsUnforeseen(e));
            await Responses.WriteErrorAsync(http, error);
        }
        finally
        {
            filters.End(deadline, info);
            if (auditor is not null)
                Auditor.Complete(http);
            var dryRun = http.Request.Query.Count > 0 && http.Request.Query.ContainsKey("dryRun");
            metrics.End(counted, http.Response.StatusCode, dryRun, time.GetElapsedTime(started));
        }
    }

    // What clients make up (groups, plurals, subresources that are not served) is counted as one, so that it can't fill the memory.
    private RequestInfo Counted(RequestInfo info) =>
        info.IsResourceRequest && catalog.Find(info.Group, info.Version, info.Resource) is { } resource &&
        (info.Subresource.Length == 0 || resource.Info.HasSubresource(info.Subresource))
            ? info
            : new RequestInfo { Path = "", Verb = info.Verb };

    private async Task ServeAsync(HttpContext http, RequestInfo info, long started)
    {
        var requester = await authenticator.AuthenticateAsync(http);
        var audit = auditor is null ? null : await auditor.BeginAsync(http, info, requester);
        if (requester is null)
            throw ApiErrors.Unauthorized();
        var user = requester;
        if (ImpersonationHeaders.Take(http.Request.Headers) is { } wanted)
        {
            var other = await impersonation.BecomeAsync(wanted, Attributes(http, info, requester), http.RequestAborted);
            audit?.Impersonate(other);
            user = other.User;
        }

        var resource = info.IsResourceRequest ? catalog.Find(info.Group, info.Version, info.Resource) : null;
        if (!limits.Counts(info))
        {
            await ServeAsync(http, info, user, resource, audit, null);
            return;
        }

        var ticket = await limits.EnterAsync(http, info, user, resource, started);
        if (ticket.IsRejected)
        {
            await RequestLimits.RefuseAsync(http);
            return;
        }

        var seat = info.Verb == "watch" ? new WatchSeat(limits, ticket, info) : null;
        try
        {
            await ServeAsync(http, info, user, resource, audit, seat);
        }
        finally
        {
            if (seat is null)
                limits.Leave(ticket, info);
            else
                seat.Release();
        }
    }

    private async Task ServeAsync(
        HttpContext http, RequestInfo info, UserInfo user, ServedResource? resource, AuditRecord? audit, WatchSeat? seat)
    {
        await AuthorizeAsync(http, info, user, audit);
        if (remotes.Find(info) is { } remote)
        {
            // Nobody here knows when a watch of another server has sent what was there, and its seat is not to be held until it ends.
            seat?.Release();
            await forwarder.ForwardAsync(http, remote, user);
            return;
        }

        if (!info.IsResourceRequest)
        {
            http.Features.Set(user);
            await others.HandleAsync(http);
            return;
        }

        if (resource is null)
            throw ApiErrors.PathNotFound();
        if (resource.Info.Namespaced ? info.Namespace.Length == 0 && info.Name.Length > 0 : info.Namespace.Length > 0 && info.Resource != "namespaces")
            throw ApiErrors.PathNotFound();
        await resources.HandleAsync(new RequestContext { Http = http, Info = info, User = user, Resource = resource, Audit = audit, Seat = seat });
    }

    private async ValueTask AuthorizeAsync(HttpContext http, RequestInfo info, UserInfo user, AuditRecord? audit)
    {
        var attributes = Attributes(http, info, user);
        var decision = await authorizer.AuthorizeAsync(attributes, http.RequestAborted);
        audit?.Annotate(decision);
        if (!decision.Allowed)
            throw ForbiddenMessage.For(attributes, decision.Reason);
    }

    private static AuthorizationAttributes Attributes(HttpContext http, RequestInfo info, UserInfo user)
    {
        var fieldSelector = Selector(http, info, "fieldSelector");
        return new AuthorizationAttributes
        {
            User = user,
            Verb = info.Verb,
            IsResourceRequest = info.IsResourceRequest,
            Path = info.Path,
            Group = info.Group,
            Version = info.Version,
            Resource = info.Resource,
            Subresource = info.Subresource,
            Namespace = info.Namespace,
            Name = info.Name.Length > 0 ? info.Name : SelectedName.In(fieldSelector),
            FieldSelector = fieldSelector,
            LabelSelector = Selector(http, info, "labelSelector"),
        };
    }

    // The first value, as the handlers read it: what is authorized and what is answered must be the same selector.
    private static string Selector(HttpContext http, RequestInfo info, string parameter) =>
        info.Verb is "list" or "watch" or "deletecollection" && http.Request.QueryString.HasValue &&
        http.Request.Query[parameter] is [{ } first, ..]
            ? first
            : "";

    private static bool IsUnforeseen(Exception failure) => failure is not (ApiException or BadHttpRequestException or StoreUnavailableException);

    private ApiException ToApiError(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case ApiException known:
                return known;
            case BadHttpRequestException bad:
                return bad.StatusCode == 413
                    ? ApiErrors.RequestEntityTooLarge("limit is 3145728")
                    : ApiErrors.BadRequest(bad.Message);
            case StoreUnavailableException unavailable:
                LogFailed(http.Request.Method, http.Request.Path, failure);
                return ApiErrors.InternalError($"the store is unavailable: {unavailable.Message}");
            default:
                LogFailed(http.Request.Method, http.Request.Path, failure);
                return ApiErrors.InternalError(failure.Message);
        }
    }

    [LoggerMessage(EventId = 1000, Level = LogLevel.Error, Message = "Request failed verb=\"{Verb}\" URI=\"{Path}\"")]
    private partial void LogFailed(string verb, string path, Exception exception);
}
