using Xebec.EndToEnd.Tests.Clusters;
using Xebec.EndToEnd.Tests.Commands;
using Xebec.EndToEnd.Tests.Images;

namespace Xebec.EndToEnd.Tests.Guide;

/// <summary>The guide's nginx-deployment, as printed: its image is pulled by its public name, from a mirror.</summary>
[Collection(SharedCluster.Name)]
public sealed class NginxDeploymentTests(ClusterFixture fixture, ITestOutputHelper output) : ClusterTest(fixture, output)
{
    private const string Manifest = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: nginx-deployment
        spec:
          replicas: 3
          selector:
            matchLabels:
              app: nginx
          template:
            metadata:
              labels:
                app: nginx
            spec:
              containers:
              - name: nginx
                image: nginx:1.14.2
                ports:
                - containerPort: 80
        """;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Cluster.KubectlAsync("delete", "deployment,service", "nginx-deployment", "--ignore-not-found", "--timeout=60s");
    }

    [Fact]
    public async Task WorksAsPrinted()
    {
        if (Registry is null) Assert.Skip("SKIPPED: docker-registry and skopeo are needed");
        var archive = Path.Combine(Cluster.Folder, "nginx.tar");
        var context = Path.Combine(Cluster.Folder, "image");
        (await Cluster.XebecAsync("image", "build", "--tag", "localhost/nginx-archive:1", "--output", archive, context)).MustSucceed();
        await Registry.PushAsync(archive, "library/nginx:1.14.2");

        await Cluster.ApplyAsync(Manifest);
        await Cluster.KubectlAsync("rollout", "status", "deployment/nginx-deployment", "--timeout=90s");
        await Cluster.KubectlAsync("expose", "deployment", "nginx-deployment", "--port=80");
        Assert.Contains("Pulled", await Cluster.KubectlAsync("get", "events", "--field-selector=reason=Pulled"));
        Assert.Equal("3", await Cluster.KubectlAsync("get", "deployment", "nginx-deployment", "-o", "jsonpath={.status.availableReplicas}"));
        var address = await Cluster.KubectlAsync("get", "service", "nginx-deployment", "-o", "jsonpath={.spec.clusterIP}");
        var answering = new HashSet<string>();
        await Eventually.HoldsAsync("all three pods answer", TimeSpan.FromSeconds(20), async () =>
        {
            answering.Add(await Cluster.Http.GetStringAsync($"http://{address}/"));
            return answering.Count == 3 ? null : $"{answering.Count}";
        });
    }

    [Fact]
    public async Task PodsFindTheServiceByName()
    {
        if (Registry is null) Assert.Skip("SKIPPED: docker-registry and skopeo are needed");
        const string Script = "use IO::Socket::INET; print IO::Socket::INET->new(PeerAddr => 'kubernetes.default.svc.cluster.local:443') ? 'connected' : \"failed: $@\"";
        await Cluster.KubectlAsync("run", "asks", $"--image={TestImage.Name}", "--restart=Never", "--command", "--", "perl", "-e", Script);
        await Cluster.KubectlAsync("wait", "pod/asks", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=30s");
        Assert.Equal("connected", await Cluster.KubectlAsync("logs", "asks"));
        await Cluster.KubectlAsync("delete", "pod", "asks", "--now");
    }
}
