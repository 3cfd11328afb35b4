using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.Kubelet.Runtime.Fake;
using Xebec.Kubelet.Tests.Volumes;

namespace Xebec.Kubelet.Tests.Server;

/// <summary>The kubelet's HTTPS server as the API server uses it.</summary>
public sealed class KubeletServerTests
{
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task ServesLogsPodsAndMetricsToTheApiServerOnly()
    {
        using var folder = new TemporaryFolder();
        await using var harness = new KubeletHarness { Options = Options(folder) };
        harness.Runtime.Behavior = _ => new FakeContainerBehavior { Output = ["one", "two"] };
        await harness.StartAsync();
        await harness.CreateAsync(Pods.New("web", Pods.Container("app")));
        await harness.PodAsync("web", Pods.IsReady);
        using var client = NewClient(harness.Kubelet!.Port, _authority.Issue("kube-apiserver-kubelet-client"));
        Assert.Equal("ok", await client.GetStringAsync("/healthz"));
        Assert.Equal("one\ntwo\n", await client.GetStringAsync("/containerLogs/default/web/app"));
        Assert.Equal("two\n", await client.GetStringAsync("/containerLogs/default/web/app?tailLines=1"));
        var pods = ApiMachinery.Values.Value.Parse(await client.GetStringAsync("/pods")).AsObject()!;
        Assert.Equal("Running", pods.GetList("items")![0].AsObject()!.GetObject("status")!.GetString("phase"));
        Assert.Contains("container_memory_working_set_bytes{container=\"app\",namespace=\"default\",pod=\"web\"}",
            await client.GetStringAsync("/metrics/resource"), StringComparison.Ordinal);
        Assert.Contains("\"podRef\":{\"name\":\"web\"", await client.GetStringAsync("/stats/summary"), StringComparison.Ordinal);
        await AssertFailsAsync(
            client, "/containerLogs/default/web/none", HttpStatusCode.NotFound, "container \"none\" is not found in pod \"web\"");
        await AssertFailsAsync(client, "/containerLogs/default/web/app?previous=true", HttpStatusCode.BadRequest,
            "previous terminated container \"app\" in pod \"web\" not found");
        await AssertFailsAsync(client, "/containerLogs/default/none/app", HttpStatusCode.NotFound, "pod \"none\" does not exist");
        using var stranger = NewClient(harness.Kubelet.Port, new TestAuthority().Issue("kube-apiserver-kubelet-client"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stranger.GetStringAsync("/healthz"));
        using var nobody = NewClient(harness.Kubelet.Port, null);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => nobody.GetStringAsync("/healthz"));
    }

    private static async Task AssertFailsAsync(HttpClient client, string path, HttpStatusCode code, string text)
    {
        using var response = await client.GetAsync(path);
        Assert.Equal((code, text), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    private KubeletOptions Options(TemporaryFolder folder)
    {
        var serving = _authority.Issue("node-1");
        return new KubeletOptions
        {
            NodeName = "node-1",
            NodeIp = "127.0.0.1",
            Port = 0,
            Eviction = false,
            RootDirectory = folder.At("root"),
            PodLogsDirectory = folder.At("logs"),
            ServerCertificate = () => serving,
            ClientCertificateAuthorities = [_authority.Root],
        };
    }

    private static HttpClient NewClient(int port, X509Certificate2? certificate)
    {
        var tls = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
        if (certificate is not null)
            tls.ClientCertificates = [certificate];
        return new HttpClient(new SocketsHttpHandler { SslOptions = tls }) { BaseAddress = new Uri($"https://127.0.0.1:{port}") };
    }
}
