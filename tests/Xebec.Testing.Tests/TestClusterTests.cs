using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Logging;
using Xebec.Api.Core.V1;
using Xebec.Api.Rbac.V1;
using Xebec.Client;

namespace Xebec.Testing.Tests;

public sealed class TestClusterTests
{
    [Fact]
    public async Task HasTheDefaultServiceAccountWhenItHasStarted()
    {
        await using var cluster = await TestCluster.StartAsync();
        Assert.Equal("default", (await cluster.Client().GetAsync<ServiceAccount>("default", "default")).Metadata.Name);
    }

    [Fact]
    public async Task HasTheServiceOfTheApiServer()
    {
        await using var cluster = await TestCluster.StartAsync();
        Assert.Equal("10.96.0.1", (await cluster.Client().GetAsync<Service>("default", "kubernetes")).Spec.ClusterIP);
    }

    [Fact]
    public async Task ClustersSideBySideShareNothing()
    {
        var clusters = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestCluster.StartAsync()));
        try
        {
            await Task.WhenAll(clusters.Select(async (cluster, i) =>
            {
                await cluster.Client().CreateAsync(Samples.ConfigMap("mine"));
                await cluster.Client().CreateAsync(Samples.ConfigMap($"only-{i}"));
                var names = (await cluster.Client().ListAsync<ConfigMap>("default")).Items.Select(c => c.Metadata.Name);
                Assert.Single(names, n => n.StartsWith("only-", StringComparison.Ordinal));
            }));
            using var stranger = Https(clusters[1].Kubeconfig, out var server);
            using var wrong = Https(clusters[0].Kubeconfig, out _);
            Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(server)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync(server)).StatusCode);
        }
        finally
        {
            await Task.WhenAll(clusters.Select(c => c.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task OpensAPortOnlyWhenAKubeconfigIsAskedForAndLeavesNothing()
    {
        var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 1 });
        var path = cluster.KubeconfigPath;
        var port = new Uri(Line(await File.ReadAllTextAsync(path), "server: ")).Port;
        Assert.Contains(Listeners(), l => l.Port == port && IPAddress.IsLoopback(l.Address));
        await cluster.DisposeAsync();
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
        Assert.DoesNotContain(Listeners(), l => l.Port == port);
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task UsersHaveTheRightsThatRbacGivesThem()
    {
        await using var cluster = await TestCluster.StartAsync();
        using var operatorClient = cluster.Client("system:serviceaccount:default:operator");
        var refused = await Assert.ThrowsAsync<ApiErrorException>(() => operatorClient.ListAsync<Pod>("default"));
        Assert.True(refused.IsForbidden);
        await cluster.Client().CreateAsync(new RoleBinding
        {
            Metadata = { Name = "view", Namespace = "default" },
            RoleRef = new RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "view" },
            Subjects = [new Subject { Kind = "Group", ApiGroup = "rbac.authorization.k8s.io", Name = "system:serviceaccounts:default" }],
        });
        Assert.Empty((await operatorClient.ListAsync<Pod>("default")).Items);
    }

    [Fact]
    public async Task WithoutControllersNothingReacts()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Controllers = false });
        await cluster.Client().CreateAsync(Samples.Deployment("web", 1));
        await cluster.Time.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Empty((await cluster.Client().ListAsync<Api.Apps.V1.ReplicaSet>("default")).Items);
    }

    [Fact]
    public async Task AWaitThatFailsSaysWhatThereWas()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Client().CreateAsync(Samples.ConfigMap("a"));
        var error = await Assert.ThrowsAsync<TimeoutException>(
            () => cluster.WaitForAsync<ConfigMap>("default", "a", c => c.Data.Count > 0, TimeSpan.FromMilliseconds(50)));
        Assert.StartsWith("ConfigMap default/a is not as wanted; last seen: {", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"a\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWaitSeesWhatComesLater()
    {
        await using var cluster = await TestCluster.StartAsync();
        var coming = cluster.WaitForAsync<ConfigMap>("default", "a");
        var all = cluster.WaitForAllAsync<ConfigMap>("default", items => items.Count(c => c.Metadata.Name is "a" or "b") == 2);
        await cluster.Client().CreateAsync(Samples.ConfigMap("a"));
        await cluster.Client().CreateAsync(Samples.ConfigMap("b"));
        Assert.Equal("a", (await coming).Metadata.Name);
        await all;
        var gone = cluster.WaitForDeletionAsync<ConfigMap>("default", "a");
        await cluster.Client().DeleteAsync<ConfigMap>("default", "a");
        await gone;
    }

    [Fact]
    public async Task LogsWhereTheTestWants()
    {
        using var loggers = new RecordingLoggers();
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Loggers = loggers });
        Assert.Contains(loggers.Messages, m => m.Contains("kube-scheduler", StringComparison.Ordinal) || m.Contains("Started component", StringComparison.Ordinal));
    }

    private static IPEndPoint[] Listeners() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

    private static string Line(string text, string key) =>
        text.Split('\n').First(l => l.Contains(key, StringComparison.Ordinal)).Split(key)[1].Trim();

    private static HttpClient Https(string kubeconfig, out Uri namespaces)
    {
        namespaces = new Uri(new Uri(Line(kubeconfig, "server: ")), "/api/v1/namespaces");
        var pem = Convert.FromBase64String(Line(kubeconfig, "client-certificate-data: "));
        var key = Convert.FromBase64String(Line(kubeconfig, "client-key-data: "));
        var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(
            System.Text.Encoding.UTF8.GetString(pem), System.Text.Encoding.UTF8.GetString(key));
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        handler.ClientCertificates.Add(certificate);
        return new HttpClient(handler);
    }
}
