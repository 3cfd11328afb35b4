using System.Text.Json;
using Xebec.ComponentBase.Certificates;
using Xebec.ComponentBase.Kubeconfig;
using Xebec.ComponentBase.Logging;
using Xebec.Host.Clusters;
using Xebec.Host.Demo;
using Xebec.Host.Processes;
using Xebec.Host.Progress;
using Xebec.Host.SystemPackages;

namespace Xebec.Host.Cli;

/// <summary>What `xebec up` does: packages, control plane, kubeconfig, node, and the demo when asked for.</summary>
internal sealed class Up(HostServices services, ClusterOptions options)
{
    public const string Part = "up";
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan NodeLimit = TimeSpan.FromSeconds(60);

    public async Task<int> RunAsync(bool demo, bool detach, CancellationToken cancellationToken)
    {
        var stages = services.Stages;
        if (new PidFile(options.DataFolder.PidFile(Part)).ReadAlive() is { } running)
        {
            var text = $"the cluster in {options.DataFolder.Root} runs already as process {running.Pid}";
            if (!demo && !detach) throw new HostException(text);
            stages.WriteLine(text);
            if (demo) await RunDemoAsync(stages, cancellationToken).ConfigureAwait(false);
            return 0;
        }

        await new PackageInstaller(services.Commands, stages)
            .EnsureAsync(PackageRequirement.Node, options.MayInstall, cancellationToken).ConfigureAwait(false);
        if (detach) await new DetachedProcess(options, stages).StartAsync(cancellationToken).ConfigureAwait(false);
        else return await RunForegroundAsync(stages, demo, null, cancellationToken).ConfigureAwait(false);
        if (demo) await RunDemoAsync(stages, cancellationToken).ConfigureAwait(false);
        stages.WriteLine($"The cluster runs on; stop it with: xebec down{DataFolderArgument}");
        return 0;
    }

    /// <summary>The process that --detach starts: reports its stages through the pipe, then runs until it is told to stop.</summary>
    public async Task<int> RunDetachedAsync(string pipeHandle, CancellationToken cancellationToken)
    {
        using var pipe = DetachedProcess.OpenPipe(pipeHandle);
        var stages = new PipeStageRunner(pipe, services.Stages);
        return await RunForegroundAsync(stages, false, stages, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> RunForegroundAsync(
        IStageRunner stages, bool demo, PipeStageRunner? starter, CancellationToken cancellationToken)
    {
        using var loggers = KlogLoggerFactory.ToFile(options.DataFolder.LogFile, services.TimeProvider);
        await using var session = ClusterSession.Open(options, Part, loggers, services.TimeProvider);
        ClusterLock.CheckPortIsFree(session.Context.State.Port);
        try
        {
            await StartAsync(session, stages, cancellationToken).ConfigureAwait(false);
            if (demo) await RunDemoAsync(stages, cancellationToken).ConfigureAwait(false);
            starter?.SendReady();
            stages.WriteLine($"Ready. kubectl --context {ClusterSession.KubeconfigContext} get pods -A; Ctrl-C stops the cluster.");
            await Task.Delay(Timeout.InfiniteTimeSpan, services.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            await StopAsync(session, stages).ConfigureAwait(false);
        }

        return 0;
    }

    private async Task StartAsync(ClusterSession session, IStageRunner stages, CancellationToken cancellationToken)
    {
        using var api = new ApiConnection(session.Context.ServerUrl, session.Context.Certificates, services.TimeProvider);
        await stages.RunAsync("control plane", async _ =>
        {
            await session.StartAsync(ControlPlane.Components, cancellationToken).ConfigureAwait(false);
            await api.WaitReadyAsync(ReadyLimit, cancellationToken).ConfigureAwait(false);
            return $"ready at {session.Context.ServerUrl.GetLeftPart(UriPartial.Authority)}";
        }).ConfigureAwait(false);
        await WriteKubeconfigAsync(session, stages).ConfigureAwait(false);
        await stages.RunAsync("node", async _ =>
        {
            await session.StartAsync(Node.Components, cancellationToken).ConfigureAwait(false);
            await WaitNodeAsync(api, session.Context.State.NodeName, cancellationToken).ConfigureAwait(false);
            return $"{session.Context.State.NodeName} is Ready";
        }).ConfigureAwait(false);
    }

    private Task WriteKubeconfigAsync(ClusterSession session, IStageRunner stages) => stages.RunAsync("kubeconfig", _ =>
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var path = KubeconfigFile.Locate(options.KubeconfigPath, Environment.GetEnvironmentVariable("KUBECONFIG"), home);
        session.WriteKubeconfig(path);
        session.StartRenewal(path);
        return Task.FromResult($"context {ClusterSession.KubeconfigContext} in {path}");
    });

    private static async Task StopAsync(ClusterSession session, IStageRunner stages)
    {
        await stages.RunAsync("stopping", async _ =>
        {
            await session.DisposeAsync().ConfigureAwait(false);
            var context = session.Context;
            await new NodeTeardown(context.DataFolder, context.State, context.LoggerFactory, context.TimeProvider)
                .RunAsync(CancellationToken.None).ConfigureAwait(false);
            return "nothing left behind";
        }).ConfigureAwait(false);
    }

    private static Task WaitNodeAsync(ApiConnection api, string nodeName, CancellationToken cancellationToken) =>
        api.WatchUntilAsync("/api/v1/nodes", $"metadata.name={nodeName}", IsNodeReady, NodeLimit, cancellationToken);

    private static bool IsNodeReady(JsonElement node) =>
        node.TryGetProperty("status", out var status) && status.TryGetProperty("conditions", out var conditions)
        && conditions.EnumerateArray().Any(one =>
            one.GetProperty("type").ValueEquals("Ready"u8) && one.GetProperty("status").ValueEquals("True"u8));

    private async Task RunDemoAsync(IStageRunner stages, CancellationToken cancellationToken)
    {
        var state = ClusterState.Read(options.DataFolder.StateFile)!;
        var certificates = ClusterCertificates.Open(options.DataFolder.Pki, services.TimeProvider);
        using var api = new ApiConnection(new Uri($"https://127.0.0.1:{state.Port}"), certificates, services.TimeProvider);
        await new DemoRun(services with { Stages = stages }, options.DataFolder, api).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private string DataFolderArgument => options.DataFolder.Root == DataFolder.Default ? "" : $" --data-dir {options.DataFolder.Root}";
}
