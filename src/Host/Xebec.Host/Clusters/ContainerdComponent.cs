using Microsoft.Extensions.Logging;
using Xebec.ComponentBase;
using Xebec.Kubelet.Cri.Containerd;

namespace Xebec.Host.Clusters;

/// <summary>The node's containerd, kept alive. It and its pods outlive this component: only <see cref="NodeTeardown"/> ends them.</summary>
internal sealed class ContainerdComponent : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ContainerdDaemon _daemon;
    private readonly Task _supervision;

    private ContainerdComponent(ContainerdDaemon daemon)
    {
        _daemon = daemon;
        _supervision = Task.Run(() => daemon.SuperviseAsync(_stopping.Token));
    }

    public static async Task<IAsyncDisposable> StartAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var options = NodeSettings.Containerd(context.DataFolder, context.State.Id, context.Options.RegistryMirror);
        var logger = context.LoggerFactory.CreateLogger<ContainerdDaemon>();
        var daemon = await ContainerdDaemon.StartAsync(options, context.TimeProvider, logger, cancellationToken).ConfigureAwait(false);
        PrivateFile.Write(context.DataFolder.ContainerdSocketFile, daemon.SocketPath);
        context.InProcess.Runtime = daemon.Runtime;
        return new ContainerdComponent(daemon);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _daemon.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }
}
