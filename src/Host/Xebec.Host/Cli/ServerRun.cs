using Xebec.ComponentBase.Kubeconfig;
using Xebec.ComponentBase.Logging;
using Xebec.Host.Clusters;

namespace Xebec.Host.Cli;

/// <summary>What `xebec server` does: the control plane in the foreground, its log on stderr.</summary>
internal sealed class ServerRun(HostServices services, ClusterOptions options)
{
    public const string Part = "server";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var loggers = new KlogLoggerFactory(Console.OpenStandardError(), services.TimeProvider);
        await using var session = ClusterSession.Open(options, Part, loggers, services.TimeProvider);
        ClusterLock.CheckPortIsFree(session.Context.State.Port);
        await session.StartAsync(ControlPlane.Components, cancellationToken).ConfigureAwait(false);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var path = KubeconfigFile.Locate(options.KubeconfigPath, Environment.GetEnvironmentVariable("KUBECONFIG"), home);
        session.WriteKubeconfig(path);
        session.StartRenewal(path);
        await Task.Delay(Timeout.InfiniteTimeSpan, services.TimeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
