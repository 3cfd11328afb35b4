using k8s;
using Xebec.EndToEnd.Tests.Clusters;
using Xebec.EndToEnd.Tests.Commands;
using Xebec.EndToEnd.Tests.Images;

namespace Xebec.EndToEnd.Tests.Clients;

/// <summary>exec by the clients of other languages, in a real container: the official C# one, and the one of Node.</summary>
[Collection(SharedCluster.Name)]
public sealed class ClientExecTests(ClusterFixture fixture, ITestOutputHelper output) : ClusterTest(fixture, output)
{
    private const string Pod = "exec-by-clients";

    public override async ValueTask InitializeAsync()
    {
        await Cluster.KubectlAsync("run", Pod, $"--image={TestImage.Name}", "--image-pull-policy=IfNotPresent");
        await Cluster.KubectlAsync("wait", $"pod/{Pod}", "--for=condition=Ready", "--timeout=60s");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Cluster.KubectlAsync("delete", "pod", Pod, "--now", "--timeout=30s");
    }

    [Fact]
    public async Task TheCSharpClientHasOutputErrorAndExitCode()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var forwarder = new NamespaceForwarder(Cluster.Network, Cluster.Port);
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(Cluster.Kubeconfig);
        config.Host = forwarder.Address.ToString();
        using var client = new Kubernetes(config);
        var (text, errors) = ("", "");
        var exitCode = await client.NamespacedPodExecAsync(
            Pod, "default", Pod, ["sh", "-c", "read line; echo out:$line; echo err:$line >&2; exit 7"], tty: false,
            async (input, standardOutput, standardError) =>
            {
                await input.WriteAsync("hello\n"u8.ToArray(), patience.Token);
                text = await new StreamReader(standardOutput).ReadToEndAsync(patience.Token);
                errors = await new StreamReader(standardError).ReadToEndAsync(patience.Token);
            },
            patience.Token);
        Assert.Equal((7, "out:hello\n", "err:hello\n"), (exitCode, text, errors));
    }

    [Fact]
    public async Task TheNodeClientHasInputOutputErrorAndExitCode()
    {
        var missing = new[] { "node", "npm" }.FirstOrDefault(program => Requirements.Find(program) is null);
        Assert.SkipWhen(missing is not null, $"NOT TESTED: the Node client needs {missing}");
        var scripts = Path.Combine(AppContext.BaseDirectory, "clients", "node");
        var installed = await CommandRunner.OnMachine.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], folder: scripts, limit: TimeSpan.FromMinutes(3));
        Assert.SkipWhen(installed.ExitCode != 0, $"NOT TESTED: npm could not fetch the Node client: {installed}");
        var result = await Cluster.Commands.RunAsync("node", ["exec.mjs", "default", Pod, Pod], folder: scripts);
        Assert.Equal("exec: ok", result.MustSucceed().Output.Trim());
    }
}
