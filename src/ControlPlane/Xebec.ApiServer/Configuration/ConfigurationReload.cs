using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Configuration;

/// <summary>
/// Takes a configuration file over when it has changed. One that is wrong is reported, and what was in force stays in force.
/// </summary>
internal sealed partial class ConfigurationReload
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly string _file;
    private readonly Action _take;
    private readonly MetricFamily<Counter> _reloads;
    private readonly PeriodicTimer _timer;
    private readonly ILogger _logger;
    private byte[] _seen;

    /// <param name="what">What it configures, for the metric's name.</param>
    /// <param name="file">The file.</param>
    /// <param name="take">Reads it again and takes it over, or throws a ConfigurationException.</param>
    /// <param name="metrics">Where reloads are counted.</param>
    /// <param name="time">When it is looked at.</param>
    /// <param name="logger">Where problems are told.</param>
    public ConfigurationReload(string what, string file, Action take, MetricsRegistry metrics, TimeProvider time, ILogger<ConfigurationReload> logger)
    {
        (_file, _take, _logger) = (file, take, logger);
        _reloads = metrics.CounterFamily(
            $"apiserver_{what}_config_controller_automatic_reloads_total",
            $"Total number of automatic reloads of {what} configuration split by status and apiserver identity.", "status");
        _timer = new PeriodicTimer(Period, time);
        _seen = SHA256.HashData(ConfigurationFile.ReadBytes(file));
    }

    /// <summary>Looks every minute until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(cancellationToken))
                Look();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
            _timer.Dispose();
        }
    }

    private void Look()
    {
        try
        {
            var hash = SHA256.HashData(ConfigurationFile.ReadBytes(_file));
            if (hash.AsSpan().SequenceEqual(_seen))
                return;
            _seen = hash;
            _take();
            _reloads.WithLabels("success").Increment();
            LogTaken(_file);
        }
        catch (ConfigurationException e)
        {
            _reloads.WithLabels("failure").Increment();
            LogRefused(_file, e);
        }
    }

    [LoggerMessage(EventId = 1380, Level = LogLevel.Information, Message = "Took over the changed configuration file=\"{File}\"")]
    private partial void LogTaken(string file);

    [LoggerMessage(EventId = 1381, Level = LogLevel.Error, Message = "The changed configuration is not used file=\"{File}\"")]
    private partial void LogRefused(string file, Exception exception);
}
