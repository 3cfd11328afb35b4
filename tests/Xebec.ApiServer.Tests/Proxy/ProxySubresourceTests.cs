using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Proxy;

namespace Xebec.ApiServer.Tests.Proxy;

/// <summary>pods/proxy, services/proxy and nodes/proxy; conformance's [sig-network] Proxy entries.</summary>
public sealed class ProxySubresourceTests
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Services = "/api/v1/namespaces/default/services";

    [Theory]
    [InlineData("web", "", "web", "")]
    [InlineData("web:80", "", "web", "80")]
    [InlineData("http:web:80", "http", "web", "80")]
    [InlineData("https:web:", "https", "web", "")]
    public void Names_say_scheme_and_port(string text, string scheme, string name, string port) =>
        Assert.Equal(new ProxyName(scheme, name, port), ProxyName.TryParse(text));

    [Theory]
    [InlineData("ftp:web:80")]
    [InlineData("a:b:c:d")]
    [InlineData(":80")]
    public void Other_names_are_none(string text) => Assert.Null(ProxyName.TryParse(text));

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("::ffff:127.0.0.2")]
    [InlineData("::ffff:169.254.169.254")]
    public void Addresses_of_this_machine_are_refused_in_every_form(string address) =>
        Assert.Equal(400, Assert.Throws<ApiException>(() => ProxyAddress.Check(IPAddress.Parse(address))).Code);

    [Fact]
    public async Task A_name_is_resolved_once_and_the_address_that_was_checked_is_dialled()
    {
        var answers = new Queue<string>(["192.0.2.7", "127.0.0.1"]);
        Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]);
        Assert.Equal(IPAddress.Parse("192.0.2.7"), await ProxyAddress.ResolveAsync("rebound.example", Resolve, CancellationToken.None));
        Assert.Equal(400, (await Assert.ThrowsAsync<ApiException>(() => ProxyAddress.ResolveAsync("rebound.example", Resolve, CancellationToken.None))).Code);
    }

    [Fact]
    public void A_group_can_not_pass_for_two_at_an_extension_server()
    {
        var encoded = new RepeatedHeaderEncoding("X-Remote-Group").GetBytes(RepeatedHeaderEncoding.Join(["a\uE000system:masters"]));
        Assert.Equal("a\uFFFDsystem:masters", Encoding.UTF8.GetString(encoded));
    }

    [Theory]
    [InlineData("127.0.0.1:6443/api/v1/secrets?")]
    [InlineData("user@127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("a b")]
    public async Task A_node_is_reached_by_hosts_only(string address)
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, "/api/v1/nodes", """{"metadata":{"name":"n"}}""");
        await server.SendAsync(
            HttpMethod.Patch, "/api/v1/nodes/n/status", $$$"""{"status":{"addresses":[{"type":"InternalIP","address":"{{{address}}}"}]}}""",
            "application/merge-patch+json");
        var (code, status) = await server.SendAsync(HttpMethod.Get, "/api/v1/nodes/n/proxy/pods");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Contains("no preferred addresses found", status.GetString("message"), StringComparison.Ordinal);
        Assert.Equal("[2001:db8::1]:10250", new KubeletAddress("2001:db8::1", 10250).Authority);
    }

    [Fact]
    public async Task A_node_that_leads_back_to_this_server_leads_nowhere()
    {
        await using var server = await HttpsTestServer.StartAsync();
        await CreateAsync(server.Server, "/api/v1/nodes", """{"kind":"Node","apiVersion":"v1","metadata":{"name":"n"}}""");
        await server.Server.SendAsync(
            HttpMethod.Patch, "/api/v1/nodes/n/status",
            $$$"""
            {"status":{"addresses":[{"type":"InternalIP","address":"{{{server.Address.Host}}}"}],"daemonEndpoints":{"kubeletEndpoint":{"Port":{{{server.Address.Port}}} } } } }
            """,
            "application/merge-patch+json");
        using var client = server.Client();
        using var answer = await client.GetAsync("/api/v1/nodes/n/proxy/api/v1/secrets");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("SecretList", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x", "https://api/p/proxy/x")]
    [InlineData("http://10.0.0.1:80/x?y", "https://api/p/proxy/x?y")]
    [InlineData("/p/proxy/x", "https://api/p/proxy/x")]
    [InlineData("x", "x")]
    [InlineData("//cdn/x", "//cdn/x")]
    [InlineData("https://example.com/", "https://example.com/")]
    public void Links_lead_back_through_the_proxy(string address, string expected) =>
        Assert.Equal(expected, new LinkRewriter("https://api", "/p/proxy", "10.0.0.1").Rewrite(address.Replace(":80", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData(Pods + "/web")]
    [InlineData(Services + "/web")]
    [InlineData(Services + "/http:web:http")]
    [InlineData(Services + "/web:80")]
    [Conformance("[sig-network] Proxy version v1 A set of valid responses are returned for both pod and service ProxyWithPath")]
    [Conformance("[sig-network] Proxy version v1 should proxy through a service and a pod")]
    public async Task Every_method_reaches_the_backend_with_path_query_and_body(string named)
    {
        await using var backend = await BackendServer.StartAsync();
        await using var server = await StartAsync(backend);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("X-Custom", "kept");
        client.DefaultRequestHeaders.Add("X-Remote-User", "system:admin");
        client.DefaultRequestHeaders.Add("X-Remote-Extra-Scopes", "all");
        foreach (var method in (string[])["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"{named}/proxy/some/path%2Fwith?method={method}&watch=true");
            if (method is "PATCH" or "POST" or "PUT")
                request.Content = new StringContent("body of " + method);
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("yes", answer.Headers.GetValues("X-Answer").Single());
            Assert.Equal(method == "HEAD" ? "" : "served", await answer.Content.ReadAsStringAsync());
            Assert.Equal($"{method} /some/path%2Fwith?method={method}&watch=true", backend.Requests.Last());
            Assert.Equal(request.Content is null ? "" : "body of " + method, backend.LastBody);
            Assert.Equal("kept", backend.LastHeaders["X-Custom"]);
            Assert.Equal(0, backend.LastHeaders.Authorization.Count);
        }
    }

    [Fact]
    [Conformance("[sig-network] Proxy version v1 A set of valid responses are returned for both pod and service Proxy")]
    public async Task Without_a_path_readers_are_sent_to_the_slash_and_writers_to_the_root()
    {
        await using var backend = await BackendServer.StartAsync();
        await using var server = await StartAsync(backend);
        using var handler = new SocketsHttpHandler { SslOptions = server.Tls(), AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        using var redirected = await client.GetAsync($"{Pods}/web/proxy?method=GET");
        Assert.Equal(HttpStatusCode.MovedPermanently, redirected.StatusCode);
        Assert.Equal($"{Pods}/web/proxy/?method=GET", redirected.Headers.Location!.OriginalString);
        using var posted = await client.PostAsync($"{Pods}/web/proxy?method=POST", new StringContent("x"));
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        Assert.Equal("POST /?method=POST", backend.Requests.Last());
    }

    [Fact]
    public async Task Pages_and_redirects_lead_back_through_the_proxy()
    {
        await using var backend = await BackendServer.StartAsync();
        await using var server = await StartAsync(backend);
        using var handler = new SocketsHttpHandler { SslOptions = server.Tls(), AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        var origin = server.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(
            $"<a href=\"{origin}{Pods}/web/proxy/other\">o</a><img src='pic.png'><a href=\"https://example.com/x\">x</a>",
            await client.GetStringAsync($"{Pods}/web/proxy/page"));
        using var moved = await client.GetAsync($"{Pods}/web/proxy/moved");
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        Assert.Equal($"{origin}{Pods}/web/proxy/target?x=1", moved.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_upgraded_connection_reaches_the_pod()
    {
        await using var backend = await BackendServer.StartAsync();
        await using var server = await StartAsync(backend);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(server.Tls());
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {Pods}/web/proxy/echo HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"));
        var (buffer, text) = (new byte[1024], "");
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
            text += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
        Assert.Contains("101 Switching Protocols", text, StringComparison.Ordinal);
        await stream.WriteAsync("hello"u8.ToArray());
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 5));
        Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, 5));
    }

    [Fact]
    public async Task What_can_not_be_reached_is_unavailable_and_what_may_not_be_is_refused()
    {
        var gone = await BackendServer.StartAsync();
        await using var server = await StartAsync(gone);
        var (host, port) = (gone.Host, gone.Port);
        await gone.DisposeAsync();
        await AssertFailsAsync(
            server, $"{Pods}/web/proxy/", HttpStatusCode.ServiceUnavailable,
            $"error trying to reach service: dial tcp {host}:{port}: connect: connection refused");
        await AssertFailsAsync(server, $"{Services}/web:81/proxy/", HttpStatusCode.ServiceUnavailable, "no service port 81 found for service \"web\"");
        await AssertFailsAsync(server, $"{Services}/absent/proxy/", HttpStatusCode.NotFound, "services \"absent\" not found");
        await AssertFailsAsync(server, $"{Pods}/ftp:web:1/proxy/", HttpStatusCode.BadRequest, "invalid pod request \"ftp:web:1\"");
        await AssertFailsAsync(server, $"{Pods}/web:70000/proxy/", HttpStatusCode.BadRequest, "invalid pod request \"70000\"");
        await CreateAsync(server.Server, "/api/v1/nodes", """{"kind":"Node","apiVersion":"v1","metadata":{"name":"n"}}""");
        await server.Server.SendAsync(
            HttpMethod.Patch, "/api/v1/nodes/n/status", $$$"""{"status":{"addresses":[{"type":"InternalIP","address":"{{{host}}}"}]}}""",
            "application/merge-patch+json");
        await AssertFailsAsync(
            server, "/api/v1/nodes/n:x@127.0.0.1/proxy/", HttpStatusCode.BadRequest, "invalid node request \"n:x@127.0.0.1\"");
        await PatchPodAsync(server.Server, "127.0.0.1");
        await AssertFailsAsync(server, $"{Pods}/web/proxy/", HttpStatusCode.BadRequest, "address not allowed");
        using var jane = server.Server.As(new UserInfo("jane", "system:authenticated"));
        using var forbidden = await jane.GetAsync($"{Pods}/web/proxy/");
        Assert.Contains(
            "cannot get resource \\\"pods/proxy\\\" in API group \\\"\\\"", await forbidden.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertFailsAsync(HttpsTestServer server, string path, HttpStatusCode expected, string message)
    {
        var (code, body) = await server.Server.SendAsync(HttpMethod.Get, path);
        Assert.Equal((expected, message), (code, body.GetString("message")));
    }

    private static async Task<HttpsTestServer> StartAsync(BackendServer backend)
    {
        var server = await HttpsTestServer.StartAsync();
        await CreateAsync(server.Server, "/api/v1/namespaces/default/serviceaccounts", """{"kind":"ServiceAccount","apiVersion":"v1","metadata":{"name":"default"}}""");
        await CreateAsync(server.Server, Pods, $$$$"""
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web"},
            "spec":{"containers":[{"name":"c","image":"i","ports":[{"containerPort":{{{{backend.Port}}}}}]}]}}
            """);
        await PatchPodAsync(server.Server, backend.Host);
        await CreateAsync(server.Server, Services, """
            {"kind":"Service","apiVersion":"v1","metadata":{"name":"web"},"spec":{"ports":[{"name":"http","port":80}]}}
            """);
        await CreateAsync(server.Server, "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", $$$$"""
            {"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"name":"web-1","labels":{"kubernetes.io/service-name":"web"}},
            "addressType":"IPv4","endpoints":[{"addresses":["{{{{backend.Host}}}}"],"conditions":{"ready":true}}],
            "ports":[{"name":"http","port":{{{{backend.Port}}}}},{"name":"","port":{{{{backend.Port}}}}}]}
            """);
        return server;
    }

    private static async Task PatchPodAsync(TestServer server, string address)
    {
        var (code, body) = await server.SendAsync(
            HttpMethod.Patch, $"{Pods}/web/status", $$$"""{"status":{"podIP":"{{{address}}}","podIPs":[{"ip":"{{{address}}}"}]}}""",
            "application/merge-patch+json");
        Assert.True(code == HttpStatusCode.OK, body.ToString());
    }

    private static async Task CreateAsync(TestServer server, string path, string body)
    {
        var (code, answer) = await server.SendAsync(HttpMethod.Post, path, body);
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
    }
}
