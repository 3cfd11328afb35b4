using Microsoft.AspNetCore.Http;
using Xebec.ApiServer.Aggregation;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Proxy;

/// <summary>Where a proxy request goes, and what its answer's links are changed to.</summary>
internal sealed class ProxyTarget
{
    private readonly LinkRewriter _links;
    private readonly string _rawPath;
    private readonly string _scheme;

    private ProxyTarget(RequestContext request, string backend)
    {
        var raw = ReverseProxy.RawPathAndQuery(request.Http);
        var mark = raw.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (raw, "") : (raw[..mark], raw[mark..]);
        // /api/v1/namespaces/NS/KIND/NAME/proxy, or /api/v1/KIND/NAME/proxy.
        var end = RequestPath.EndOfSegments(path, request.Resource.Info.Namespaced ? 7 : 5);
        var rest = RequestPath.SeparatorAt(path.AsSpan(end)) is > 1 and var escaped ? "/" + path[(end + escaped)..] : path[end..];
        (_rawPath, _scheme) = (path, request.Http.Request.Scheme);
        PathAndQuery = (rest.Length == 0 ? "/" : rest) + query;
        Address = ReverseProxy.Address(backend + PathAndQuery);
        Redirect = rest.Length == 0 && (request.Http.Request.Method is "GET" or "HEAD") ? path + "/" + query : "";
        _links = new LinkRewriter($"{_scheme}://{request.Http.Request.Host}", path[..end], Address.Authority);
    }

    /// <summary>The whole address.</summary>
    public Uri Address { get; }

    /// <summary>Its path and query, as the client wrote them.</summary>
    public string PathAndQuery { get; }

    /// <summary>Where the client is sent instead, so that relative links work: to the same path with a slash; empty for nowhere.</summary>
    public string Redirect { get; }

    public static ProxyTarget Of(RequestContext request, string backend) => new(request, backend);

    /// <summary>Takes what is for this server only out of a request's headers and tells the backend what was asked.</summary>
    public void PrepareHeaders(HttpRequest request)
    {
        FrontProxyHeaders.Remove(request.Headers);
        request.Headers["X-Forwarded-Uri"] = _rawPath;
        request.Headers["X-Forwarded-Host"] = request.Host.Value;
        request.Headers["X-Forwarded-Proto"] = _scheme;
    }

    /// <summary>Changes the links in an answer: its Location, and those of a page of HTML.</summary>
    public async Task RewriteAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Headers.NonValidated.TryGetValues("Location", out var location))
        {
            answer.Headers.Remove("Location");
            answer.Headers.TryAddWithoutValidation("Location", _links.Rewrite(location.ToString()));
            return;
        }

        if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            answer.Content = await ProxyPage.RewriteAsync(answer.Content, _links, cancellationToken);
    }
}
