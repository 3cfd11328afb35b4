using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Xebec.ApiServer.Proxy;

/// <summary>Carries a plain request to a backend and its answer back, streaming both ways.</summary>
internal static class ReverseProxy
{
    // What is about one connection, not about the message (RFC 9110, 7.6.1).
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>A client for backends: no redirects, cookies or proxies of its own.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        RequestHeaderEncodingSelector = static (name, _) => IsRepeated(name) ? new RepeatedHeaderEncoding(name) : null,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>The client asks for another protocol on its connection.</summary>
    public static bool IsUpgrade(HttpRequest request) =>
        request.Headers.Connection.ToString().Contains("upgrade", StringComparison.OrdinalIgnoreCase) && request.Headers.Upgrade.Count > 0;

    /// <summary>The path and query as the client wrote them.</summary>
    public static string RawPathAndQuery(HttpContext http)
    {
        var raw = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        return raw is ['/', ..] ? raw : http.Request.Path.ToUriComponent() + http.Request.QueryString.Value;
    }

    /// <summary>An address whose path and query stay as they are written.</summary>
    public static Uri Address(string text) => new(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>Forwards a request.</summary>
    /// <param name="http">The request, with the headers that the backend is to see.</param>
    /// <param name="client">The way to the backend.</param>
    /// <param name="target">The whole address there.</param>
    /// <param name="change">Changes the answer's head before it is passed on.</param>
    /// <exception cref="HttpRequestException">The backend can't be reached.</exception>
    public static async Task ForwardAsync(HttpContext http, HttpMessageInvoker client, Uri target, Func<HttpResponseMessage, CancellationToken, Task> change)
    {
        using var message = Message(http.Request, target);
        using var answer = await client.SendAsync(message, http.RequestAborted);
        await change(answer, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        CopyHeaders(answer, http.Response.Headers);
        await using var body = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
        await CopyAsync(body, http);
    }

    private static HttpRequestMessage Message(HttpRequest request, Uri target)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), target)
        {
        };
        if (request.ContentLength > 0 || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            message.Content = new StreamContent(request.Body);
        foreach (var (name, values) in request.Headers)
        {
            if (HopByHop.Contains(name))
                continue;
            if (IsRepeated(name))
                message.Headers.TryAddWithoutValidation(name, RepeatedHeaderEncoding.Join(values));
            else if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        if (request.HttpContext.Connection.RemoteIpAddress is { } address)
            message.Headers.TryAddWithoutValidation("X-Forwarded-For", address.ToString());
        return message;
    }

    private static bool IsRepeated(string name) => name.StartsWith("X-Remote-", StringComparison.OrdinalIgnoreCase);

    private static void CopyHeaders(HttpResponseMessage answer, IHeaderDictionary headers)
    {
        foreach (var (name, values) in answer.Headers.NonValidated)
        {
            if (!HopByHop.Contains(name))
                headers[name] = values.ToArray();
        }

        foreach (var (name, values) in answer.Content.Headers.NonValidated)
            headers[name] = values.ToArray();
    }

    // Every piece is flushed: a watch of the backend is one here too.
    private static async Task CopyAsync(Stream body, HttpContext http)
    {
        if (HttpMethods.IsHead(http.Request.Method) || http.Response.StatusCode is 204 or 304)
            return;
        await http.Response.StartAsync(http.RequestAborted);
        while (true)
        {
            var read = await body.ReadAsync(http.Response.BodyWriter.GetMemory(16 * 1024), http.RequestAborted);
            if (read == 0)
                return;
            http.Response.BodyWriter.Advance(read);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
    }
}
