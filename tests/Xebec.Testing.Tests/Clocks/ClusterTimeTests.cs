using Xebec.Api.Authentication.V1;
using Xebec.Api.Coordination.V1;
using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Xebec.Testing.Tests.Clocks;

/// <summary>What a cluster does while a test moves its time.</summary>
public sealed class ClusterTimeTests
{
    [Fact]
    public async Task StartsWhereTheTestSaysAndStampsObjects()
    {
        var start = new DateTimeOffset(2031, 5, 1, 8, 0, 0, TimeSpan.Zero);
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { StartTime = start });
        var created = await cluster.Client().CreateAsync(Samples.ConfigMap("a"));
        Assert.InRange(created.Metadata.CreationTimestamp!.Value, start, start.AddMinutes(5));
    }

    [Fact]
    public async Task NodesKeepTheirHeartbeatWhileTimeAdvances()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2 });
        var before = await cluster.WaitForAsync<Lease>("kube-node-lease", "node-1", l => l.Spec.RenewTime is not null);
        await cluster.Time.AdvanceAsync(TimeSpan.FromMinutes(10));
        var after = await cluster.WaitForAsync<Lease>(
            "kube-node-lease", "node-1", l => l.Spec.RenewTime >= before.Spec.RenewTime!.Value.AddMinutes(9.5));
        Assert.Equal(before.Metadata.Uid, after.Metadata.Uid);
        var node = await cluster.Client().GetAsync<Node>("", "node-1");
        Assert.Contains(node.Status.Conditions, c => c is { Type: "Ready", Status: "True" });
    }

    [Fact]
    public async Task ServiceAccountTokensExpire()
    {
        await using var cluster = await TestCluster.StartAsync();
        var request = new TokenRequest { Spec = { ExpirationSeconds = 600 } };
        var token = (await cluster.Client().CreateTokenAsync("default", "default", request)).Status.Token;
        Assert.True(await IsValidAsync(cluster, token));
        await cluster.Time.AdvanceAsync(TimeSpan.FromMinutes(20));
        Assert.False(await IsValidAsync(cluster, token));
    }

    [Fact]
    public async Task InformersGoOnAfterAJumpPastTheirWatches()
    {
        await using var cluster = await TestCluster.StartAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var factory = new InformerFactory(cluster.Client(), cluster.Time, NullLoggerFactory.Instance);
        var informer = factory.For<ConfigMap>();
        var seen = new TaskCompletionSource();
        informer.AddHandler((_, c) =>
        {
            if (c?.Metadata.Name == "later")
                seen.TrySetResult();
        });
        factory.Start(stop.Token);
        await factory.WaitForSyncAsync(stop.Token);
        cluster.Time.Jump(TimeSpan.FromHours(2));
        await cluster.Client().CreateAsync(Samples.ConfigMap("later"));
        await cluster.Time.AdvanceAsync(TimeSpan.FromMinutes(1), stop.Token);
        await seen.Task.WaitAsync(stop.Token);
        await stop.CancelAsync();
        await factory.StoppedAsync();
    }

    private static async Task<bool> IsValidAsync(TestCluster cluster, string token)
    {
        var review = await cluster.Client().CreateAsync(TokenReview.Resource, "", new TokenReview { Spec = { Token = token } });
        return review.Status.Authenticated;
    }
}
