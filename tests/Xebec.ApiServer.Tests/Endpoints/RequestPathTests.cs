using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Tests.Endpoints;

/// <summary>What is authorized is what a server that the request is passed on to will read.</summary>
public sealed class RequestPathTests
{
    [Theory]
    [InlineData("/api/v1/namespaces/a/pods/x%2Flog?follow=1", "/api/v1/namespaces/a/pods/x%2Flog", "a", "pods", "x", "log")]
    [InlineData("/api/v1/namespaces/a/pods/x%252Flog", "/api/v1/namespaces/a/pods/x%2Flog", "a", "pods", "x%2Flog", "")]
    [InlineData("/apis/g.io/v1/namespaces/secret/things/../../mine/things", "/apis/g.io/v1/namespaces/mine/things", "secret", "things", "..", "..")]
    [InlineData("/apis/g.io/v1/namespaces/secret/things/%2e%2E/x", "/apis/g.io/v1/namespaces/secret/x", "secret", "things", "..", "x")]
    [InlineData("/api/v1/namespaces/a/pods/%C3%A9", "/api/v1/namespaces/a/pods/\u00e9", "a", "pods", "\u00e9", "")]
    [InlineData("/api/v1/namespaces/a/pods/b", "/api/v1/namespaces/a/pods/b", "a", "pods", "b", "")]
    public void A_path_is_read_as_it_was_sent(string raw, string kestrels, string ns, string resource, string name, string subresource)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "GET";
        http.Request.Path = kestrels;
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = raw;
        RequestPath.Settle(http);
        var info = RequestInfo.Read(http.Request);
        Assert.Equal((ns, resource, name, subresource), (info.Namespace, info.Resource, info.Name, info.Subresource));
        Assert.Equal(info.Path, http.Request.Path.Value);
    }

    [Theory]
    [InlineData("/api/v1/nodes/n/proxy/x", 5, "/x")]
    [InlineData("/api/v1//nodes/n/proxy/x", 5, "/x")]
    [InlineData("//api/v1/nodes%2fn/proxy%2Fx", 5, "%2Fx")]
    [InlineData("/api/v1/nodes/n/proxy", 5, "")]
    [InlineData("/api", 5, "")]
    public void Segments_are_counted_as_they_are_read(string path, int count, string rest) => Assert.Equal(rest, path[RequestPath.EndOfSegments(path, count)..]);
}
