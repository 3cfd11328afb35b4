using System.Text.Json;
using Xebec.Host.Demo;

namespace Xebec.Host.Tests.Demo;

public sealed class DemoTests
{
    [Theory]
    [InlineData("""{"metadata":{"generation":2}}""", false)]
    [InlineData("""{"metadata":{"generation":2},"status":{"observedGeneration":1,"updatedReplicas":3,"availableReplicas":3}}""", false)]
    [InlineData("""{"metadata":{"generation":2},"status":{"observedGeneration":2,"updatedReplicas":3,"availableReplicas":2}}""", false)]
    [InlineData("""{"metadata":{"generation":2},"status":{"observedGeneration":2,"updatedReplicas":3,"availableReplicas":3}}""", true)]
    public void RolloutIsOverWhenTheNewPodsAreAvailable(string deployment, bool isRolledOut)
    {
        using var json = JsonDocument.Parse(deployment);

        Assert.Equal(isRolledOut, DemoRun.IsRolledOut(json.RootElement));
    }

    [Fact]
    public void EveryManifestOfTheSampleIsThere()
    {
        var sample = DemoSample.Find();

        Assert.All(sample.Manifests, manifest => Assert.True(File.Exists(manifest.File), manifest.File));
        Assert.True(File.Exists(sample.ProjectPath));
        Assert.True(File.Exists(sample.DockerfilePath));
    }
}
