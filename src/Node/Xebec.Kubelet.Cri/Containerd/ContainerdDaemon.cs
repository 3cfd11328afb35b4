using Microsoft.Extensions.Logging;
using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Cri.Pause;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>
/// A node's own containerd: started detached, adopted when it already runs, started again when it dies. It and its pods outlive us;
/// disposing this closes the connection only. <see cref="ContainerdTeardown"/> ends it all.
/// </summary>
public sealed class ContainerdDaemon : IAsyncDisposable
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_readyTimeout = TimeSpan.FromSeconds(60);

    private readonly ContainerdOptions _options;
    private readonly ContainerdPaths _paths;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private ProcessIdentity _identity;

    private ContainerdDaemon(
        ContainerdOptions options, ContainerdPaths paths, ProcessIdentity identity, bool adopted, TimeProvider timeProvider, ILogger logger)
    {
        _options = options;
        _paths = paths;
        _identity = identity;
        _timeProvider = timeProvider;
        _logger = logger;
        IsAdopted = adopted;
        Runtime = new CriContainerRuntime(paths.Socket, timeProvider, ContainerdConfig.SandboxImage);
        Images = new ImageLoader(paths.Socket, Runtime, timeProvider);
    }

    /// <summary>The runtime behind it.</summary>
    public CriContainerRuntime Runtime { get; }

    /// <summary>Brings image archives into it.</summary>
    public ImageLoader Images { get; }

    /// <summary>Its gRPC socket.</summary>
    public string SocketPath => _paths.Socket;

    /// <summary>Its process.</summary>
    public int ProcessId => _identity.ProcessId;

    /// <summary>Whether it ran already, with its pods, when we came.</summary>
    public bool IsAdopted { get; }

    /// <summary>
    /// Writes the node's files, adopts the containerd that runs on them (restarting it if its configuration is another now) or starts
    /// one, and returns once it answers and has its sandbox image.
    /// </summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has the end of its log.</exception>
    public static async Task<ContainerdDaemon> StartAsync(
        ContainerdOptions options, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken = default)
    {
        var paths = new ContainerdPaths(Path.GetFullPath(options.DataDir));
        var changed = ContainerdFiles.Write(options, paths);
        var running = ProcessIdentity.ReadFile(paths.PidFile);
        var adopted = running?.IsAlive() == true && !changed;
        if (running is not null && !adopted)
            await ContainerdProcess.StopAsync(running, cancellationToken);
        var identity = adopted ? running! : await ContainerdProcess.LaunchAsync(options, paths, cancellationToken);
        var daemon = new ContainerdDaemon(options, paths, identity, adopted, timeProvider, logger);
        await daemon.WaitUntilReadyAsync(cancellationToken);
        await daemon.EnsureSandboxImageAsync(cancellationToken);
        ContainerdLog.Ready(logger, paths.Socket, identity.ProcessId, adopted);
        return daemon;
    }

    /// <summary>Starts it again whenever it ends, with growing pauses if it keeps ending, until cancelled.</summary>
    public async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        for (var delay = s_firstDelay; ; delay = Longer(delay))
        {
            var since = _timeProvider.GetTimestamp();
            await ContainerdProcess.WaitForExitAsync(_identity, cancellationToken);
            ContainerdLog.Ended(_logger, _identity.ProcessId, LogTail());
            if (_timeProvider.GetElapsedTime(since) > s_readyTimeout)
                delay = s_firstDelay;
            await Task.Delay(delay, _timeProvider, cancellationToken);
            _identity = await ContainerdProcess.LaunchAsync(_options, _paths, cancellationToken);
        }
    }

    /// <summary>Ends the daemon; its pods live on without it.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => ContainerdProcess.StopAsync(_identity, cancellationToken);

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => Runtime.DisposeAsync();

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var since = _timeProvider.GetTimestamp();
        for (var delay = s_firstDelay; ; delay = Longer(delay))
        {
            try
            {
                await Runtime.VersionAsync(cancellationToken);
                return;
            }
            catch (RuntimeException error) when (IsStarting(error.Code))
            {
                if (!_identity.IsAlive() || _timeProvider.GetElapsedTime(since) > s_readyTimeout)
                    throw new InvalidOperationException($"containerd does not come up: {error.Message}; its log ends:\n{LogTail()}", error);
            }
            await Task.Delay(delay, _timeProvider, cancellationToken);
        }
    }

    private async Task EnsureSandboxImageAsync(CancellationToken cancellationToken)
    {
        if (await Runtime.ImageStatusAsync(ContainerdConfig.SandboxImage, cancellationToken) is not null)
            return;
        var archive = Path.Combine(_paths.DataDir, "pause.tar");
        await using (var file = File.Create(archive))
            await PauseImage.WriteAsync(file, ContainerdConfig.SandboxImage, cancellationToken);
        await Images.LoadAsync(archive, cancellationToken);
        File.Delete(archive);
    }

    /// <summary>The socket is not there yet, or its services are not.</summary>
    private static bool IsStarting(RuntimeErrorCode code) =>
        code is RuntimeErrorCode.Unavailable or RuntimeErrorCode.Unimplemented or RuntimeErrorCode.Unknown;

    private string LogTail() => File.Exists(_paths.LogFile) ? string.Join('\n', File.ReadLines(_paths.LogFile).TakeLast(10)) : "";

    private static TimeSpan Longer(TimeSpan delay) => delay * 2 < s_maxDelay ? delay * 2 : s_maxDelay;
}
