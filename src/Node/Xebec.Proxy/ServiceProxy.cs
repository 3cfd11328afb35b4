using Microsoft.Extensions.Logging;
using Xebec.Client.Informers;
using Xebec.Proxy.Nftables;
using Xebec.Proxy.Rules;
using Xebec.Proxy.Sources;

namespace Xebec.Proxy;

/// <summary>
/// Routes Services on one node: kube-proxy by nftables maps. What it put in the kernel stays when it stops, so that
/// Services work through a restart; <see cref="RemoveRulesAsync"/> takes it away.
/// </summary>
public sealed partial class ServiceProxy(InformerFactory informers, ProxyOptions options, TimeProvider time, ILogger<ServiceProxy> logger)
{
    // A change alone is applied at once; what comes during a transaction and this pause shares the next one.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5), RetryDelay = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the table first stood for all Services.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Keeps the node's rules equal to the cluster's Services until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var source = new ServiceSource(informers, time);
        var applier = new RuleApplier(options, new NodeCommands(options.CommandPrefix), logger);
        informers.Start(cancellationToken);
        try
        {
            await source.WaitForSyncAsync(cancellationToken);
            while (true)
            {
                var changes = await source.TakeAsync(wait: applier.IsInSync, cancellationToken);
                var applied = await TryApplyAsync(applier, changes, cancellationToken);
                await Task.Delay(applied ? Pause : RetryDelay, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Removes the cluster's table from the kernel and puts the settings back that the proxy changed.</summary>
    public static Task RemoveRulesAsync(ProxyOptions options, CancellationToken cancellationToken) =>
        new NftTable(options, new NodeCommands(options.CommandPrefix)).RemoveAsync(cancellationToken);

    private async Task<bool> TryApplyAsync(RuleApplier applier, Dictionary<string, ServiceState?> changes, CancellationToken cancellationToken)
    {
        try
        {
            await applier.ApplyAsync(changes, cancellationToken);
            _synced.TrySetResult();
            return true;
        }
        catch (NftException e)
        {
            LogFailed(e.Message, RetryDelay.TotalSeconds);
            return false;
        }
    }

    [LoggerMessage(5100, LogLevel.Error, "Service rules cannot be written, next try in {seconds} s: {error}")]
    private partial void LogFailed(string error, double seconds);
}
