using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Xebec.Testing.Tests.Clients;

/// <summary>The official C# client against the cluster: without a port, and over HTTPS by the kubeconfig.</summary>
public sealed class KubernetesClientTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 1 });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WritesReadsListsAndDeletes(bool overHttps)
    {
        using var client = Connect(overHttps);
        var created = await client.CoreV1.CreateNamespacedConfigMapAsync(ConfigMap("a", "x"), "default", cancellationToken: _patience.Token);
        Assert.NotNull(created.Metadata.Uid);
        created.Data["key"] = "y";
        await client.CoreV1.ReplaceNamespacedConfigMapAsync(created, "a", "default", cancellationToken: _patience.Token);
        var stale = await Assert.ThrowsAsync<HttpOperationException>(
            () => client.CoreV1.ReplaceNamespacedConfigMapAsync(created, "a", "default", cancellationToken: _patience.Token));
        Assert.Equal(HttpStatusCode.Conflict, stale.Response.StatusCode);
        var list = await client.CoreV1.ListNamespacedConfigMapAsync("default", fieldSelector: "metadata.name=a", cancellationToken: _patience.Token);
        Assert.Equal("y", Assert.Single(list.Items).Data["key"]);
        await client.CoreV1.DeleteNamespacedConfigMapAsync("a", "default", cancellationToken: _patience.Token);
        var gone = await Assert.ThrowsAsync<HttpOperationException>(
            () => client.CoreV1.ReadNamespacedConfigMapAsync("a", "default", cancellationToken: _patience.Token));
        Assert.Equal(HttpStatusCode.NotFound, gone.Response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WatchesWhatChanges(bool overHttps)
    {
        using var client = Connect(overHttps);
        var list = await client.CoreV1.ListNamespacedConfigMapAsync("default", cancellationToken: _patience.Token);
        var watch = client.CoreV1.WatchListNamespacedConfigMapAsync(
            "default", resourceVersion: list.Metadata.ResourceVersion, fieldSelector: "metadata.name=a", cancellationToken: _patience.Token);
        await using var events = watch.GetAsyncEnumerator(_patience.Token);
        var first = events.MoveNextAsync();
        await client.CoreV1.CreateNamespacedConfigMapAsync(ConfigMap("a", "x"), "default", cancellationToken: _patience.Token);
        await client.CoreV1.DeleteNamespacedConfigMapAsync("a", "default", cancellationToken: _patience.Token);
        Assert.True(await first);
        Assert.Equal((WatchEventType.Added, "a"), (events.Current.Item1, events.Current.Item2.Metadata.Name));
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(WatchEventType.Deleted, events.Current.Item1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PatchesInEveryWay(bool overHttps)
    {
        using var client = Connect(overHttps);
        await client.CoreV1.CreateNamespacedConfigMapAsync(ConfigMap("a", "x"), "default", cancellationToken: _patience.Token);
        await PatchAsync(client, """{"data":{"merge":"1"}}""", V1Patch.PatchType.MergePatch);
        await PatchAsync(client, """{"metadata":{"labels":{"strategic":"1"}}}""", V1Patch.PatchType.StrategicMergePatch);
        var patched = await PatchAsync(client, """[{"op":"test","path":"/data/key","value":"x"},{"op":"remove","path":"/data/key"}]""", V1Patch.PatchType.JsonPatch);
        Assert.Equal(["merge"], patched.Data.Keys);
        Assert.Equal("1", patched.Metadata.Labels["strategic"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AppliesOnTheServerAndIsToldOfConflicts(bool overHttps)
    {
        using var client = Connect(overHttps);
        var applied = await ApplyAsync(client, "one", "first", force: false);
        Assert.Equal("one", applied.Data["key"]);
        var conflict = await Assert.ThrowsAsync<HttpOperationException>(() => ApplyAsync(client, "two", "second", force: false));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Response.StatusCode);
        Assert.Contains("conflict with \\\"first\\\"", conflict.Response.Content, StringComparison.Ordinal);
        Assert.Equal("two", (await ApplyAsync(client, "two", "second", force: true)).Data["key"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ScalesEvictsAndAsksForTokens(bool overHttps)
    {
        using var client = Connect(overHttps);
        await client.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new V1ObjectMeta { Name = "p" },
                Spec = new V1PodSpec { Containers = [new V1Container { Name = "c", Image = "web:1" }] },
            },
            "default", cancellationToken: _patience.Token);
        await _cluster.WaitForAsync<Api.Core.V1.Pod>("default", "p", p => p.Status.Phase == "Running");
        await client.CoreV1.CreateNamespacedPodEvictionAsync(
            new V1Eviction { Metadata = new V1ObjectMeta { Name = "p" } }, "p", "default", cancellationToken: _patience.Token);
        await _cluster.WaitForDeletionAsync<Api.Core.V1.Pod>("default", "p");
        var token = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { Audiences = [], ExpirationSeconds = 3600 } },
            "default", "default", cancellationToken: _patience.Token);
        Assert.Equal(3, token.Status.Token.Split('.').Length);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _patience.Dispose();
    }

    private Kubernetes Connect(bool overHttps)
    {
        if (!overHttps)
            return new Kubernetes(new KubernetesClientConfiguration { Host = "https://kubernetes.test" }, _cluster.HttpHandler());
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(_cluster.Kubeconfig));
        return new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(text));
    }

    private static V1ConfigMap ConfigMap(string name, string value) =>
        new() { Metadata = new V1ObjectMeta { Name = name }, Data = new Dictionary<string, string> { ["key"] = value } };

    private Task<V1ConfigMap> PatchAsync(Kubernetes client, string body, V1Patch.PatchType type) =>
        client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch(body, type), "a", "default", cancellationToken: _patience.Token);

    private Task<V1ConfigMap> ApplyAsync(Kubernetes client, string value, string manager, bool force)
    {
        var body = $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"applied"},"data":{"key":"{{{value}}}"}}""";
        return client.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch(body, V1Patch.PatchType.ApplyPatch), "applied", "default", fieldManager: manager, force: force,
            cancellationToken: _patience.Token);
    }
}
