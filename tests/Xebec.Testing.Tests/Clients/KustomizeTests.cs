using Xebec.Api.Apps.V1;
using Xebec.Api.Core.V1;

namespace Xebec.Testing.Tests.Clients;

/// <summary>kubectl apply -k: a base and an overlay, generated names that carry a hash, and pruning of what is no longer there.</summary>
public sealed class KustomizeTests
{
    private const string Selector = "env=prod";
    private static readonly string[] Folders = ["/usr/lib/google-cloud-sdk/bin", "/usr/local/bin", "/usr/bin"];

    [Theory]
    [InlineData("1.27")]
    [InlineData("1.33")]
    public async Task AnOverlayIsAppliedChangedAndPruned(string version)
    {
        var kubectl = Folders.Select(f => Path.Combine(f, "kubectl." + version)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(kubectl is null, $"NOT TESTED: no kubectl.{version} in {string.Join(", ", Folders)}");
        var folder = Directory.CreateTempSubdirectory("xebec-kustomize-").FullName;
        try
        {
            await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 1 });
            Copy(Path.Combine(AppContext.BaseDirectory, "clients", "kustomize"), folder);
            await RunAsync(cluster, kubectl!, folder, "apply", "-k", "overlay");
            var (first, image) = await DeployedAsync(cluster);
            Assert.Equal("registry.example/web:2", image);
            var settings = await cluster.Client().GetAsync<ConfigMap>("default", first);
            Assert.Equal(["blue", "large"], settings.Data.OrderBy(d => d.Key).Select(d => d.Value));

            var overlay = Path.Combine(folder, "overlay", "kustomization.yaml");
            await File.WriteAllTextAsync(overlay, (await File.ReadAllTextAsync(overlay)).Replace("size=large", "size=small", StringComparison.Ordinal));
            var diff = await RunAsync(cluster, kubectl!, folder, "diff", "-k", "overlay");
            Assert.Contains("+  size: small", diff, StringComparison.Ordinal);
            await RunAsync(cluster, kubectl!, folder, "apply", "-k", "overlay", "--prune", "-l", Selector);
            var (second, _) = await DeployedAsync(cluster, not: first);
            Assert.Equal("small", (await cluster.Client().GetAsync<ConfigMap>("default", second)).Data["size"]);
            await cluster.WaitForDeletionAsync<ConfigMap>("default", first);

            await RunAsync(cluster, kubectl!, folder, "delete", "-k", "overlay");
            await cluster.WaitForAllAsync<Pod>("default", pods => pods.Count == 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Waits for the rollout and returns the ConfigMap that the pods use, and their image.</summary>
    private static async Task<(string Settings, string Image)> DeployedAsync(TestCluster cluster, string not = "")
    {
        var deployment = await cluster.WaitForAsync<Deployment>("default", "prod-web", d =>
            d.Status.ObservedGeneration == d.Metadata.Generation && d.Status is { UpdatedReplicas: 2, AvailableReplicas: 2, Replicas: 2 } &&
            SettingsOf(d) != not);
        Assert.StartsWith("prod-settings-", SettingsOf(deployment), StringComparison.Ordinal);
        return (SettingsOf(deployment), deployment.Spec.Template.Spec.Containers[0].Image);
    }

    private static string SettingsOf(Deployment deployment) => deployment.Spec.Template.Spec.Containers[0].EnvFrom[0].ConfigMapRef!.Name;

    private static async Task<string> RunAsync(TestCluster cluster, string kubectl, string folder, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        var (exitCode, output) = await Programs.RunAsync(kubectl, ["--cache-dir=" + Path.Combine(folder, "cache"), .. arguments], folder, cluster.KubeconfigPath, patience.Token);
        // kubectl diff ends with 1 when there is a difference.
        Assert.True(exitCode == 0 || (arguments[0] == "diff" && exitCode == 1), output);
        return output;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
