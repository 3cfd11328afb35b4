using Xebec.ComponentBase.Logging;
using Xebec.Host.Clusters;
using Xebec.Host.SystemPackages;

namespace Xebec.Host.Cli;

/// <summary>What `xebec agent` does: one node in the foreground, its log on stderr. Pods go on when it stops, as with a kubelet.</summary>
internal sealed class AgentRun(HostServices services, ClusterOptions options)
{
    public const string Part = "agent";
    private static readonly TimeSpan FileInterval = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await new PackageInstaller(services.Commands, services.Stages)
            .EnsureAsync(PackageRequirement.Node, options.MayInstall, cancellationToken).ConfigureAwait(false);
        await WaitForServerFilesAsync(cancellationToken).ConfigureAwait(false);
        using var loggers = new KlogLoggerFactory(Console.OpenStandardError(), services.TimeProvider);
        await using var session = ClusterSession.Open(options, Part, loggers, services.TimeProvider);
        await session.StartAsync(Node.Components, cancellationToken).ConfigureAwait(false);
        session.StartRenewal(null);
        await Task.Delay(Timeout.InfiniteTimeSpan, services.TimeProvider, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The server makes the cluster's id and authority; an agent that made its own would be of another cluster.
    private async Task WaitForServerFilesAsync(CancellationToken cancellationToken)
    {
        var servingCertificate = Path.Combine(options.DataFolder.Pki, "apiserver.crt");
        if (File.Exists(options.DataFolder.StateFile) && File.Exists(servingCertificate))
            return;
        services.Stages.WriteLine($"waiting for xebec server to make {options.DataFolder.Root}");
        while (!File.Exists(options.DataFolder.StateFile) || !File.Exists(servingCertificate))
            await Task.Delay(FileInterval, services.TimeProvider, cancellationToken).ConfigureAwait(false);
    }
}
