using Xebec.ComponentBase.Logging;
using Xebec.Host.Clusters;
using Xebec.Host.SystemPackages;

namespace Xebec.Host.Cli;

/// <summary>What `xebec agent` does: one node in the foreground, its log on stderr. Pods go on when it stops, as with a kubelet.</summary>
internal sealed class AgentRun(HostServices services, ClusterOptions options)
{
    public const string Part = "agent";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await new PackageInstaller(services.Commands, services.Stages)
            .EnsureAsync(PackageRequirement.Node, options.MayInstall, cancellationToken).ConfigureAwait(false);
        using var loggers = new KlogLoggerFactory(Console.OpenStandardError(), services.TimeProvider);
        await using var session = ClusterSession.Open(options, Part, loggers, services.TimeProvider);
        await session.StartAsync(Node.Components, cancellationToken).ConfigureAwait(false);
        session.StartRenewal(null);
        await Task.Delay(Timeout.InfiniteTimeSpan, services.TimeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
