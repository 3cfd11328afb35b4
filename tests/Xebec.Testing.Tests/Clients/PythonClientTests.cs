namespace Xebec.Testing.Tests.Clients;

/// <summary>Debian's Python client against the cluster, over HTTPS by its kubeconfig. It writes booleans as True and False.</summary>
public sealed class PythonClientTests
{
    // Packages of Debian are seen by Debian's interpreter alone.
    private const string Python = "/usr/bin/python3";

    [Theory]
    [InlineData("watch")]
    [InlineData("patch")]
    [InlineData("dynamic")]
    [InlineData("election")]
    public async Task RunsItsScript(string script)
    {
        Assert.SkipUnless(File.Exists(Python), $"NOT TESTED: no {Python}");
        await using var cluster = await TestCluster.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        var folder = Path.Combine(AppContext.BaseDirectory, "clients", "python");
        var client = await Programs.RunAsync(Python, ["-c", "import kubernetes"], folder, "", patience.Token);
        Assert.SkipUnless(client.ExitCode == 0, "NOT TESTED: the Python client is not installed (python3-kubernetes)");
        var result = await Programs.RunAsync(Python, [$"{script}.py"], folder, cluster.KubeconfigPath, patience.Token);
        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains($"{script}: ok", result.Output, StringComparison.Ordinal);
    }
}
