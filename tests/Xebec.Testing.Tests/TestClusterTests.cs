using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;
using Xebec.Api.Meta.V1;

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
    public async Task RollsOutADeploymentOnSimulatedNodes()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 2 });
        await cluster.Client().CreateAsync(Web(replicas: 3));
        var deployment = await cluster.WaitForAsync<Deployment>("default", "web", d => d.Status.AvailableReplicas == 3);
        Assert.Equal(3, deployment.Status.ReadyReplicas);
    }

    private static Deployment Web(int replicas) => new()
    {
        Metadata = { Name = "web", Namespace = "default" },
        Spec =
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = { ["app"] = "web" } },
            Template =
            {
                Metadata = { Labels = { ["app"] = "web" } },
                Spec = { Containers = [new Container { Name = "web", Image = "web:1" }] },
            },
        },
    };
}
