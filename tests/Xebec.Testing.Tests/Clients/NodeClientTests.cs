namespace Xebec.Testing.Tests.Clients;

/// <summary>The Node client from npm against the cluster, over HTTPS by its kubeconfig.</summary>
public sealed class NodeClientTests
{
    [Theory]
    [InlineData("informer")]
    [InlineData("apply")]
    public async Task RunsItsScript(string script)
    {
        await using var cluster = await TestCluster.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        var folder = await NodeScripts.InstallAsync(patience.Token);
        var result = await Programs.RunAsync("node", [$"{script}.mjs"], folder, cluster.KubeconfigPath, patience.Token);
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains($"{script}: ok", result.Output, StringComparison.Ordinal);
    }
}
