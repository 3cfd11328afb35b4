using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Aggregation;

/// <summary>Passes requests on to extension servers, and their answers, watches and upgraded streams back.</summary>
internal sealed class RemoteForwarder(RemoteApis apis)
{
    /// <summary>Forwards a request, which its user may make. A server that is not available, or can't be reached, is a 503.</summary>
    public async Task ForwardAsync(HttpContext http, RemoteApi api, UserInfo user)
    {
        if (!api.IsAvailable)
        {
            await RefuseAsync(http, "service unavailable");
            return;
        }

        FrontProxyHeaders.Set(http.Request.Headers, user);
        var client = apis.Client(api.Backend);
        try
        {
            if (ReverseProxy.IsUpgrade(http.Request))
                await UpgradeAsync(http, client, api.Backend);
            else
                await ReverseProxy.ForwardAsync(
                    http, client.Http, ReverseProxy.Address(api.Backend.Origin + ReverseProxy.RawPathAndQuery(http)), RefuseRedirectAsync);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException && !http.Response.HasStarted)
        {
            await RefuseAsync(http, $"error trying to reach service: {ConnectionText.Of(e)}");
        }
    }

    private static async Task UpgradeAsync(HttpContext http, RemoteClient client, RemoteBackend backend)
    {
        await using var stream = await client.ConnectAsync(http.RequestAborted);
        await StreamForwarder.ForwardAsync(http, stream, $"{backend.ServerName}:{backend.Port}", ReverseProxy.RawPathAndQuery(http), IsRedirect);
    }

    // A client would follow one with the credentials that it has for this server.
    private static Task RefuseRedirectAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!IsRedirect((int)answer.StatusCode, answer.Headers.NonValidated.Contains("Location")))
            return Task.CompletedTask;
        answer.StatusCode = HttpStatusCode.BadGateway;
        answer.Headers.Clear();
        answer.Content.Dispose();
        answer.Content = new StringContent(StreamForwarder.RedirectRefused);
        return Task.CompletedTask;
    }

    private static bool IsRedirect(int code, bool hasLocation) => code is >= 300 and <= 399 && hasLocation;

    private static Task RefuseAsync(HttpContext http, string why) =>
        Responses.WriteTextAsync(http, why + "\n", StatusCodes.Status503ServiceUnavailable);
}
