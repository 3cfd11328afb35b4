using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer;

/// <summary>
/// The transport of a client in the server's own process: a request becomes a call of the pipeline, without sockets, TLS or HTTP
/// framing. The holder acts as a fixed user.
/// </summary>
public sealed class InProcessHandler : HttpMessageHandler
{
    private readonly RequestDelegate _pipeline;
    private readonly InProcessIdentity _identity;

    internal InProcessHandler(RequestDelegate pipeline, UserInfo user)
    {
        _pipeline = pipeline;
        _identity = new InProcessIdentity(user);
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = new InProcessExchange(_identity, cancellationToken);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        exchange.Fill(request, body);
        _ = Task.Run(() => exchange.RunAsync(_pipeline), CancellationToken.None);
        var response = await exchange.Response;
        response.RequestMessage = request;
        return response;
    }
}
