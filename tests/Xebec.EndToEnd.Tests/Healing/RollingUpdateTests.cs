using Xebec.EndToEnd.Tests.Clusters;
using Xebec.EndToEnd.Tests.Commands;
using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.EndToEnd.Tests.Healing;

/// <summary>A rolling update, and the deletion of a pod, under load.</summary>
[Collection(SharedCluster.Name)]
public sealed class RollingUpdateTests(ClusterFixture fixture, ITestOutputHelper output) : ClusterTest(fixture, output)
{
    private const string Name = "rolling";
    private const int NodePort = 30090;
    private static readonly Uri Url = new($"http://127.0.0.1:{NodePort}/");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Cluster.KubectlAsync("delete", "deployment,service", Name, "--ignore-not-found", "--cascade=foreground", "--timeout=60s");
    }

    [Fact]
    public async Task NoRequestIsLost()
    {
        await Cluster.ApplyAsync(Manifests.Web(Name, 3, "1", drainSeconds: 3));
        await Cluster.ApplyAsync(Manifests.NodePort(Name, NodePort));
        await Cluster.KubectlAsync("rollout", "status", $"deployment/{Name}", "--timeout=60s");
        await Eventually.HoldsAsync("the Service answers", TimeSpan.FromSeconds(10), AskAsync);
        await using var load = new LoadGenerator(Cluster.Http, Url);
        load.Start();
        await Cluster.ApplyAsync(Manifests.Web(Name, 3, "2", drainSeconds: 3));
        await Cluster.KubectlAsync("rollout", "status", $"deployment/{Name}", "--timeout=90s");
        await Eventually.HoldsAsync("three pods of version 2 answer, and no other is left", TimeSpan.FromSeconds(30), async () =>
        {
            var pods = (await Cluster.KubectlAsync("get", "pods", "-l", $"app={Name}", "-o", "name")).Split('\n').Length;
            var answering = load.Answers.Keys.Count(answer => answer.Contains("version 2"));
            return pods == 3 && answering == 3 ? null : $"{pods} pods, {answering} of version 2 answer";
        });
        await load.StopAsync();
        Assert.True(load.Failures.IsEmpty, $"{load.Failures.Count} of {load.Failures.Count + load.Answered} requests were lost: {string.Join('\n', load.Failures.Take(20))}");
        Assert.Contains(load.Answers.Keys, answer => answer.Contains("version 1"));
        Assert.Equal(3, load.Answers.Keys.Count(answer => answer.Contains("version 2")));
    }

    private async Task<string?> AskAsync()
    {
        try
        {
            await Cluster.Http.GetStringAsync(Url);
            return null;
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }
}
