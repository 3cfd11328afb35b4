using System.Text.Json;
using Xebec.Host.Cli;
using Xebec.Host.Clusters;
using Xebec.Host.Images;

namespace Xebec.Host.Demo;

/// <summary>Builds the demo's image, loads it into the node, applies its manifests and shows three answers of three pods.</summary>
internal sealed class DemoRun(HostServices services, DataFolder dataFolder, ApiConnection api)
{
    private const int Replicas = 3;
    private static readonly TimeSpan RolloutLimit = TimeSpan.FromMinutes(3);
    private readonly DemoSample _sample = DemoSample.Find();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stages = services.Stages;
        var publishFolder = Path.Combine(dataFolder.Images, "hello-xebec");
        await stages.RunAsync("demo program", _ => PublishAsync(publishFolder, cancellationToken)).ConfigureAwait(false);
        await new ImageCommands(services, dataFolder).BuildAsync(
            DemoSample.ImageName, _sample.DockerfilePath, publishFolder, new Dictionary<string, string>(), null, cancellationToken)
            .ConfigureAwait(false);
        await stages.RunAsync("demo manifests", _ => ApplyAsync(cancellationToken)).ConfigureAwait(false);
        await stages.RunAsync("demo rollout", _ => RolloutAsync(cancellationToken)).ConfigureAwait(false);
        await stages.RunAsync("demo answers", async _ =>
        {
            var answers = await new DemoAnswers(new Uri(DemoSample.NodePortUrl), services.TimeProvider)
                .CollectAsync(Replicas, cancellationToken).ConfigureAwait(false);
            return $"{DemoSample.NodePortUrl}{string.Concat(answers.Select(answer => $"\n    {answer}"))}";
        }).ConfigureAwait(false);
    }

    internal static bool IsRolledOut(JsonElement deployment)
    {
        if (!deployment.TryGetProperty("status", out var status)) return false;
        var generation = deployment.GetProperty("metadata").GetProperty("generation").GetInt64();
        return Number(status, "observedGeneration") >= generation
            && Number(status, "updatedReplicas") == Replicas && Number(status, "availableReplicas") == Replicas;
    }

    private static long Number(JsonElement status, string name) => status.TryGetProperty(name, out var value) ? value.GetInt64() : 0;

    private async Task<string> PublishAsync(string folder, CancellationToken cancellationToken)
    {
        var program = Path.Combine(folder, "hello-xebec.dll");
        var sources = Directory.GetFiles(_sample.Folder, "*.cs").Append(_sample.ProjectPath);
        if (File.Exists(program) && sources.All(path => File.GetLastWriteTimeUtc(path) < File.GetLastWriteTimeUtc(program)))
            return "built before";
        string[] arguments =
            ["publish", _sample.ProjectPath, "--configuration", "Release", "--output", folder, "--nologo", "-p:DebugType=none"];
        (await services.Commands.RunAsync("dotnet", arguments, cancellationToken).ConfigureAwait(false)).ThrowIfFailed("dotnet publish");
        return "built with dotnet publish";
    }

    private async Task<string> ApplyAsync(CancellationToken cancellationToken)
    {
        foreach (var (path, file) in _sample.Manifests)
            await api.ApplyAsync(path, await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
        return "one Deployment, two Services";
    }

    private async Task<string> RolloutAsync(CancellationToken cancellationToken)
    {
        await api.WatchUntilAsync(
            "/apis/apps/v1/namespaces/default/deployments", "metadata.name=hello-xebec", IsRolledOut, RolloutLimit, cancellationToken)
            .ConfigureAwait(false);
        return $"{Replicas} of {Replicas} pods are available";
    }
}
