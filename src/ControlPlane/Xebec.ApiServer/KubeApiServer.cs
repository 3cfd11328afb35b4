using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;
using Xebec.ComponentBase.Health;
using Xebec.ComponentBase.Metrics;
using Xebec.Store;

namespace Xebec.ApiServer;

/// <summary>The API server: built once, started once, reached over HTTPS and in process.</summary>
public sealed class KubeApiServer : IAsyncDisposable
{
    private readonly KubeApiServerOptions _options;
    private readonly ServerParts _parts;
    private readonly ILoggerFactory _loggers;
    private WebApplication? _web;
    private Task _background = Task.CompletedTask;

    /// <summary>Builds a server over a store, which stays the caller's to dispose.</summary>
    public KubeApiServer(KubeApiServerOptions options, IStore store, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _loggers = loggers;
        _parts = new ServerParts(options, store, time, loggers);
    }

    /// <summary>The checks of /livez.</summary>
    public HealthChecks Livez => _parts.Livez;

    /// <summary>The checks of /readyz.</summary>
    public HealthChecks Readyz => _parts.Readyz;

    /// <summary>What /metrics shows; components of the same process may add theirs.</summary>
    public MetricsRegistry Metrics => _parts.Metrics;

    /// <summary>Where it listens; set once started when there is a listen address.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Loads the caches, makes the objects every cluster has and begins to serve.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _parts.Caches.StartAsync(cancellationToken);
        await _parts.BootstrapAsync(cancellationToken);
        _background = Task.WhenAll(
            [
            .. _parts.Background.Select(run => Task.Run(() => run(_parts.Stopping.Token), CancellationToken.None)),
            Task.Run(() => _parts.Aggregation.RunAsync(_parts.Stopping.Token), CancellationToken.None),
            Task.Run(() => _parts.QuotaStatus.RunAsync(_parts.Stopping.Token), CancellationToken.None),
            ]);
        if (_options.Listen is null)
            return;
        await ListenAsync(_options, cancellationToken);
        await _parts.Bootstrap.EnsureKubernetesServiceAsync(Address!.Port, cancellationToken);
    }

    /// <summary>Begins to listen, for a server that was started without: the address and certificates of these options count.</summary>
    public async Task ListenAsync(KubeApiServerOptions listener, CancellationToken cancellationToken = default)
    {
        if (_web is not null)
            throw new InvalidOperationException($"the API server listens on {Address} already");
        _web = HttpsListener.Build(listener, _parts.Pipeline.InvokeAsync, _loggers);
        await _web.StartAsync(cancellationToken);
        Address = HttpsListener.AddressOf(_web);
    }

    /// <summary>A transport for a client in this process that acts as a user.</summary>
    public HttpMessageHandler InProcess(UserInfo user) => new InProcessHandler(_parts.Pipeline.InvokeAsync, user);

    /// <summary>Ends watches, lets running requests finish and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _parts.Stopping.CancelAsync();
        if (_web is not null)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await _web.StopAsync(patience.Token);
            await _web.DisposeAsync();
        }

        await _background;
        await _parts.DisposeAsync();
    }
}
