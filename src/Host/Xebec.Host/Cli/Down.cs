using Microsoft.Extensions.Logging.Abstractions;
using Xebec.ComponentBase.Kubeconfig;
using Xebec.Host.Clusters;
using Xebec.Host.Processes;

namespace Xebec.Host.Cli;

/// <summary>What `xebec down` does.</summary>
internal sealed class Down(HostServices services, DataFolder dataFolder)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(45);
    private static readonly string[] Parts = [Up.Part, AgentRun.Part, ServerRun.Part];

    public async Task<int> RunAsync(bool purge, CancellationToken cancellationToken)
    {
        if (ClusterState.Read(dataFolder.StateFile) is not { } state)
        {
            services.Stages.WriteLine($"there is no cluster in {dataFolder.Root}");
            return 0;
        }

        foreach (var part in Parts) await StopAsync(part, cancellationToken).ConfigureAwait(false);
        await services.Stages.RunAsync("clean up", async _ =>
        {
            var teardown = new NodeTeardown(dataFolder, state, NullLoggerFactory.Instance, services.TimeProvider);
            await teardown.RunAsync(cancellationToken).ConfigureAwait(false);
            return "no process, mount, cgroup, network or rule is left";
        }).ConfigureAwait(false);
        if (purge) await PurgeAsync(state).ConfigureAwait(false);
        return 0;
    }

    private async Task StopAsync(string part, CancellationToken cancellationToken)
    {
        var pidFile = new PidFile(dataFolder.PidFile(part));
        if (pidFile.ReadAlive() is not { } process) return;
        await services.Stages.RunAsync($"stop {part}", async _ =>
        {
            var ended = await Signals.TerminateAsync(process, Grace, services.TimeProvider, cancellationToken).ConfigureAwait(false);
            return ended ? $"process {process.Pid} has ended" : $"process {process.Pid} was killed";
        }).ConfigureAwait(false);
    }

    private Task PurgeAsync(ClusterState state) => services.Stages.RunAsync("purge", _ =>
    {
        if (state.KubeconfigPath.Length > 0) KubeconfigFile.Remove(state.KubeconfigPath, ClusterSession.KubeconfigContext);
        Directory.Delete(dataFolder.Root, recursive: true);
        return Task.FromResult($"{dataFolder.Root} is deleted");
    });
}
