using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xebec.ApiServer.Proxy;

namespace Xebec.ApiServer.Tests.Proxy;

public sealed class StreamForwarderTests
{
    [Fact]
    public async Task A_backend_sees_neither_who_is_impersonated_nor_the_measures_of_a_body_that_is_not_sent()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var far = await listener.AcceptTcpClientAsync();
        await far.GetStream().WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpUpgradeFeature>(new UpgradableRequest());
        http.Request.Method = "POST";
        foreach (var name in new[] { "Impersonate-User", "impersonate-extra-scopes", "Impersonate-Uid", "Authorization", "Content-Length", "Transfer-Encoding", "X-Kept" })
            http.Request.Headers[name] = "1";
        await StreamForwarder.ForwardAsync(http, near.GetStream(), "kubelet:10250", "/exec/ns/p/c");
        near.Client.Shutdown(SocketShutdown.Send);
        using var sent = new StreamReader(far.GetStream(), Encoding.Latin1);
        Assert.Equal("POST /exec/ns/p/c HTTP/1.1\r\nHost: kubelet:10250\r\nX-Kept: 1\r\n\r\n", await sent.ReadToEndAsync());
    }

    private sealed class UpgradableRequest : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => true;

        public Task<Stream> UpgradeAsync() => throw new NotSupportedException();
    }
}
