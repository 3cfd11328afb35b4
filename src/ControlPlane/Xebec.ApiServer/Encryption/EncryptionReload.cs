using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Xebec.ApiServer.Configuration;
using Xebec.ApiServer.WatchCache;
using Xebec.ComponentBase.Metrics;
using Xebec.Store;

namespace Xebec.ApiServer.Encryption;

/// <summary>
/// Takes over the encryption configuration when its file has changed, and rewrites what could not be read before and now can. A file that
/// is wrong is reported, and the old configuration stays in force.
/// </summary>
internal sealed partial class EncryptionReload(
    EncryptionOptions options, EncryptingStore store, CacheSet caches, MetricsRegistry metrics, TimeProvider time, ILogger<EncryptionReload> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly MetricFamily<Counter> _reloads = metrics.CounterFamily(
        "apiserver_encryption_config_controller_automatic_reloads_total",
        "Total number of reload successes and failures of encryption configuration split by apiserver identity.", "status");

    private readonly PeriodicTimer _timer = new(Period, time);
    private bool _isRewriting;
    private byte[] _seen = SHA256.HashData(ConfigurationFile.ReadBytes(options.ConfigFile));

    /// <summary>Looks every minute until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(cancellationToken))
                await LookAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
            _timer.Dispose();
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var hash = SHA256.HashData(ConfigurationFile.ReadBytes(options.ConfigFile));
            if (!hash.AsSpan().SequenceEqual(_seen))
            {
                _seen = hash;
                store.Use(EncryptionConfiguration.Load(options.ConfigFile));
                _isRewriting = true;
            }

            if (!_isRewriting)
                return;
            await RewriteAsync(cancellationToken);
            _isRewriting = false;
            _reloads.WithLabels("success").Increment();
            LogReloaded(options.ConfigFile);
        }
        catch (ConfigurationException e)
        {
            _reloads.WithLabels("failure").Increment();
            LogNotReloaded(options.ConfigFile, e);
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException)
        {
            _reloads.WithLabels("failure").Increment();
            LogNotRewritten(options.ConfigFile, e);
        }
    }

    // The write tells the caches, and every watcher, that the object is back.
    private async Task RewriteAsync(CancellationToken cancellationToken)
    {
        foreach (var key in caches.UnreadableKeys)
        {
            if (await store.GetAsync(key, 0, cancellationToken) is { } entry && UnreadableValue.ReasonOf(entry.Value.Span) is null)
                await store.UpdateAsync(key, entry.Value, entry.ModRevision, cancellationToken);
        }
    }

    [LoggerMessage(EventId = 1310, Level = LogLevel.Information, Message = "Took over the changed encryption configuration file=\"{File}\"")]
    private partial void LogReloaded(string file);

    [LoggerMessage(EventId = 1311, Level = LogLevel.Error, Message = "The changed encryption configuration is not used file=\"{File}\"")]
    private partial void LogNotReloaded(string file, Exception exception);

    [LoggerMessage(EventId = 1312, Level = LogLevel.Error, Message = "What can be read again is not yet rewritten; trying again in a minute file=\"{File}\"")]
    private partial void LogNotRewritten(string file, Exception exception);
}
