using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ComponentBase.Certificates;

namespace Xebec.ApiServer.Tests.Aggregation;

public sealed class AggregationTests
{
    private const string Services = "/apis/apiregistration.k8s.io/v1/apiservices";
    private const string Flunders = $"/apis/{ExtensionServer.Group}/v1alpha1/namespaces/default/flunders";
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static readonly CertificateProfile FrontProxy = new("front-proxy-client") { IsClient = true };

    [Fact]
    public async Task What_is_served_here_has_an_available_APIService()
    {
        await using var server = await TestServer.StartAsync();
        var local = await UntilAsync(server, "v1.apps", "Local");
        Assert.Equal("onstart", local.GetObject("metadata")!.GetObject("labels")!.GetString("kube-aggregator.kubernetes.io/automanaged"));
        Assert.Equal((17800, 15), (local.GetObject("spec")!["groupPriorityMinimum"]!.AsInt64(), local.GetObject("spec")!["versionPriority"]!.AsInt64()));
        await UntilAsync(server, "v1.", "Local");
    }

    [Fact]
    [Conformance("[sig-api-machinery] Aggregator Should be able to support the 1.17 Sample API Server using the current Aggregator")]
    public async Task A_group_of_an_extension_server_is_served_as_if_it_were_here()
    {
        await using var extension = await ExtensionServer.StartAsync();
        await using var server = await StartAsync();
        await RegisterAsync(server.Server, extension);
        await UntilAsync(server.Server, $"v1alpha1.{ExtensionServer.Group}", "Passed");

        using var jane = server.Server.As(new UserInfo(
            "jane", "u-1", ["developers", "system:masters"], new Dictionary<string, IReadOnlyList<string>> { ["example.com/scope"] = ["a", "b"] }));
        using var created = await jane.PostAsync(Flunders, Json("""{"kind":"Flunder","metadata":{"name":"one"}}"""));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("jane", extension.LastHeaders["X-Remote-User"]);
        Assert.Equal("u-1", extension.LastHeaders["X-Remote-Uid"]);
        Assert.Equal(["developers", "system:masters"], extension.LastHeaders["X-Remote-Group"].ToArray());
        Assert.Equal(["a", "b"], extension.LastHeaders["X-Remote-Extra-example.com%2Fscope"].ToArray());
        Assert.Equal("front-proxy-client", extension.LastClient);

        using var client = server.Client();
        client.DefaultRequestHeaders.Add("X-Remote-User", "somebody-else");
        client.DefaultRequestHeaders.Add("X-Remote-Group", "system:masters");
        Assert.Contains("\"one\"", await client.GetStringAsync(Flunders), StringComparison.Ordinal);
        Assert.Equal("kubernetes-admin", extension.LastHeaders["X-Remote-User"]);
        var before = await EndedWatchesAsync(client);
        using var watch = await client.GetAsync(Flunders + "?watch=true", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await watch.Content.ReadAsStreamAsync());
        Assert.Contains("ADDED", await events.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(before + 1, await EndedWatchesAsync(client));
    }

    // Watches that have given their seats back.
    private static async Task<int> EndedWatchesAsync(HttpClient client) =>
        (await client.GetStringAsync("/metrics")).Split('\n')
            .Where(l => l.StartsWith("apiserver_flowcontrol_request_execution_seconds_count{", StringComparison.Ordinal) && l.Contains("watch", StringComparison.Ordinal))
            .Sum(l => int.Parse(l[(l.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Discovery_and_OpenAPI_show_the_group_with_all_others()
    {
        await using var extension = await ExtensionServer.StartAsync();
        await using var server = await TestServer.StartAsync();
        await RegisterAsync(server, extension);
        await UntilAsync(server, $"v1alpha1.{ExtensionServer.Group}", "Passed");
        var (_, groups) = await server.SendAsync(HttpMethod.Get, "/apis");
        Assert.Contains(groups.GetList("groups")!, g => g.AsObject()!.GetString("name") == ExtensionServer.Group);
        var (_, group) = await server.SendAsync(HttpMethod.Get, $"/apis/{ExtensionServer.Group}");
        Assert.Equal("v1alpha1", group.GetObject("preferredVersion")!.GetString("version"));
        var (_, resources) = await server.SendAsync(HttpMethod.Get, $"/apis/{ExtensionServer.Group}/v1alpha1");
        Assert.Equal("flunders", resources.GetList("resources")![0].AsObject()!.GetString("name"));
        var (_, aggregated) = await server.SendAsync(HttpMethod.Get, "/apis", accept: Aggregated);
        var entry = aggregated.GetList("items")!.OfType<ObjectValue>().Single(g => g.GetObject("metadata")!.GetString("name") == ExtensionServer.Group);
        var version = entry.GetList("versions")![0].AsObject()!;
        Assert.Equal("Current", version.GetString("freshness"));
        Assert.Equal("echo", version.GetList("resources")![0].AsObject()!.GetList("subresources")![0].AsObject()!.GetString("subresource"));
        var (_, v2) = await server.SendAsync(HttpMethod.Get, "/openapi/v2");
        Assert.True(v2.GetObject("paths")!.ContainsKey($"/apis/{ExtensionServer.Group}/v1alpha1/flunders"));
        Assert.True(v2.GetObject("definitions")!.ContainsKey("com.example.wardle.v1alpha1.Flunder"));
        var (_, v3) = await server.SendAsync(HttpMethod.Get, "/openapi/v3");
        var address = v3.GetObject("paths")!.GetObject($"apis/{ExtensionServer.Group}/v1alpha1")!.GetString("serverRelativeURL")!;
        var (_, document) = await server.SendAsync(HttpMethod.Get, address);
        Assert.Equal("wardle", document.GetObject("info")!.GetString("title"));
    }

    [Fact]
    public async Task An_upgraded_connection_is_passed_through()
    {
        await using var extension = await ExtensionServer.StartAsync();
        await using var server = await StartAsync();
        await RegisterAsync(server.Server, extension);
        await UntilAsync(server.Server, $"v1alpha1.{ExtensionServer.Group}", "Passed");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(server.Tls());
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {Flunders}/one/echo HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"));
        Assert.Contains("101 Switching Protocols", await ReadUntilAsync(stream, "\r\n\r\n"), StringComparison.Ordinal);
        await stream.WriteAsync("hello"u8.ToArray());
        Assert.Equal("hello", await ReadUntilAsync(stream, "hello"));
        Assert.Equal("kubernetes-admin", extension.LastHeaders["X-Remote-User"]);
    }

    [Fact]
    public async Task A_client_is_not_sent_elsewhere()
    {
        await using var extension = await ExtensionServer.StartAsync();
        await using var server = await StartAsync();
        await RegisterAsync(server.Server, extension);
        await UntilAsync(server.Server, $"v1alpha1.{ExtensionServer.Group}", "Passed");
        using var client = server.Client();
        using var refused = await client.GetAsync(Flunders + "/moved");
        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
        Assert.Null(refused.Headers.Location);
        Assert.Equal("the backend attempted to redirect this request, which is not permitted", await refused.Content.ReadAsStringAsync());
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(server.Tls());
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {Flunders}/moved/echo HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"));
        var answer = await ReadUntilAsync(stream, "not permitted");
        Assert.StartsWith("HTTP/1.1 502", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable_and_says_why()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, Services, ApiService("", 443));
        await UntilAsync(server, $"v1alpha1.{ExtensionServer.Group}", "ServiceNotFound");
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"wardle"}}""");
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/wardle/services", Service(8443));
        await UntilAsync(server, $"v1alpha1.{ExtensionServer.Group}", "ServicePortError");
        await server.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/wardle/services/wardle-server");
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/wardle/services", Service(443));
        await UntilAsync(server, $"v1alpha1.{ExtensionServer.Group}", "EndpointsNotFound");
        using var refused = await server.Http.GetAsync(Flunders);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("service unavailable\n", await refused.Content.ReadAsStringAsync());
        var (_, aggregated) = await server.SendAsync(HttpMethod.Get, "/apis", accept: Aggregated);
        var entry = aggregated.GetList("items")!.OfType<ObjectValue>().Single(g => g.GetObject("metadata")!.GetString("name") == ExtensionServer.Group);
        Assert.Equal("Stale", entry.GetList("versions")![0].AsObject()!.GetString("freshness"));
    }

    [Fact]
    public async Task A_server_that_fails_is_noticed_and_so_is_that_it_serves_again()
    {
        await using var extension = await ExtensionServer.StartAsync();
        await using var server = await TestServer.StartAsync();
        extension.IsBroken = true;
        await RegisterAsync(server, extension);
        await UntilAsync(server, $"v1alpha1.{ExtensionServer.Group}", "FailedDiscoveryCheck");
        extension.IsBroken = false;
        await server.SendAsync(
            HttpMethod.Patch, "/api/v1/namespaces/wardle/services/wardle-server", """{"metadata":{"labels":{"repaired":"yes"}}}""", "application/merge-patch+json");
        await UntilAsync(server, $"v1alpha1.{ExtensionServer.Group}", "Passed");
    }

    [Fact]
    public async Task A_proxy_in_front_of_this_server_names_its_users()
    {
        var proxies = CertificateAuthority.Create("front-proxy-ca", TimeProvider.System.GetUtcNow());
        await using var server = await HttpsTestServer.StartAsync((options, _) => options with
        {
            RequestHeaderAuthority = proxies.Root.Certificate, RequestHeaderAllowedNames = ["front-proxy-client"],
        });
        var trusted = proxies.Issue(FrontProxy, TimeProvider.System.GetUtcNow());
        var other = proxies.Issue(new CertificateProfile("other") { Organizations = ["system:masters"], IsClient = true }, TimeProvider.System.GetUtcNow());
        Assert.Equal((HttpStatusCode.Created, "jane"), await WhoAsync(server, trusted, "jane"));
        Assert.Equal((HttpStatusCode.Unauthorized, null), await WhoAsync(server, other, "jane"));
        var (_, map) = await server.Server.SendAsync(HttpMethod.Get, "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication");
        Assert.Equal("[\"front-proxy-client\"]", map.GetObject("data")!.GetString("requestheader-allowed-names"));
        Assert.Equal("[\"X-Remote-User\"]", map.GetObject("data")!.GetString("requestheader-username-headers"));
    }

    private static async Task<(HttpStatusCode Code, string? User)> WhoAsync(HttpsTestServer server, CertificateAndKey pair, string user)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
                LocalCertificateSelectionCallback = (_, _, _, _, _) => pair.Certificate,
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Remote-User", user);
        client.DefaultRequestHeaders.Add("X-Remote-Group", "system:masters");
        using var answer = await client.PostAsync(
            "/apis/authentication.k8s.io/v1/selfsubjectreviews", Json("""{"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}"""));
        var body = (ObjectValue)Value.Parse(await answer.Content.ReadAsByteArrayAsync());
        return (answer.StatusCode, (body["status"] as ObjectValue)?.GetObject("userInfo")?.GetString("username"));
    }

    private static Task<HttpsTestServer> StartAsync() => HttpsTestServer.StartAsync((options, certificates) =>
        options with { ProxyClientCertificate = certificates.Get("front-proxy-client", FrontProxy) });

    private static async Task RegisterAsync(TestServer server, ExtensionServer extension)
    {
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"kind":"Namespace","apiVersion":"v1","metadata":{"name":"wardle"}}""");
        // An endpoint may not be a loopback address; the name of one may be a Service's.
        await server.SendAsync(HttpMethod.Post, "/api/v1/namespaces/wardle/services", """
            {"kind":"Service","apiVersion":"v1","metadata":{"name":"wardle-server"},"spec":{"type":"ExternalName","externalName":"localhost"}}
            """);
        var (code, body) = await server.SendAsync(HttpMethod.Post, Services, ApiService(extension.CaBundle, extension.Port));
        Assert.True(code == HttpStatusCode.Created, body.ToString());
    }

    private static string Service(int port) => $$$"""
        {"kind":"Service","apiVersion":"v1","metadata":{"name":"wardle-server"},"spec":{"ports":[{"port":{{{port}}},"protocol":"TCP"}]}}
        """;

    private static string ApiService(string caBundle, int port)
    {
        var trust = caBundle.Length == 0 ? "\"insecureSkipTLSVerify\":true" : $"\"caBundle\":\"{caBundle}\"";
        return $$$$"""
            {"kind":"APIService","apiVersion":"apiregistration.k8s.io/v1","metadata":{"name":"v1alpha1.{{{{ExtensionServer.Group}}}}"},
            "spec":{"group":"{{{{ExtensionServer.Group}}}}","version":"v1alpha1","groupPriorityMinimum":2000,"versionPriority":200,
            "service":{"namespace":"wardle","name":"wardle-server","port":{{{{port}}}}},{{{{trust}}}}}}
            """;
    }

    // The condition is written by a loop that runs beside the requests: a watch tells when.
    private static async Task<ObjectValue> UntilAsync(TestServer server, string name, string reason)
    {
        using var watch = await server.Http.GetAsync($"{Services}?watch=true&fieldSelector=metadata.name={name}", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await watch.Content.ReadAsStreamAsync());
        while (true)
        {
            var service = ((ObjectValue)Value.Parse((await reader.ReadLineAsync())!)).GetObject("object")!;
            if (service.GetObject("status")?.GetList("conditions")?[0].AsObject()?.GetString("reason") == reason)
                return service;
        }
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<string> ReadUntilAsync(SslStream stream, string expected)
    {
        var (buffer, text) = (new byte[4096], "");
        while (!text.Contains(expected, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer);
            Assert.NotEqual(0, read);
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }

        return text;
    }
}
