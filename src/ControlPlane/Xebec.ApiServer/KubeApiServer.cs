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
    private const int UsualPort = 6443;
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongRunningPatience = TimeSpan.FromSeconds(2);
    private readonly KubeApiServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ServerParts _parts;
    private readonly ILoggerFactory _loggers;
    private readonly InProcessRequests _inProcess;
    private HttpsListener? _web;
    private Task _background = Task.CompletedTask;

    /// <summary>Builds a server over a store, which stays the caller's to dispose.</summary>
    public KubeApiServer(KubeApiServerOptions options, IStore store, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        _loggers = loggers;
        _parts = new ServerParts(options, store, time, loggers);
        _inProcess = new InProcessRequests(_parts.Pipeline.InvokeAsync);
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
        _background = new BackgroundLoops(_time, _loggers.CreateLogger<BackgroundLoops>()).RunAsync(_parts.Background, _parts.Stopping.Token);
        if (_options.Listen is not null)
            await ListenAsync(_options, cancellationToken);
        if ((_options.AdvertiseAddress ?? _options.Listen?.Address) is not null)
            await _parts.Bootstrap.EnsureKubernetesServiceAsync(Address?.Port ?? UsualPort, cancellationToken);
    }

    /// <summary>Begins to listen, for a server that was started without: the address and certificates of these options count.</summary>
    public async Task ListenAsync(KubeApiServerOptions listener, CancellationToken cancellationToken = default)
    {
        if (_web is not null)
            throw new InvalidOperationException($"the API server listens on {Address} already");
        _web = await HttpsListener.StartAsync(listener, _parts.Pipeline.InvokeAsync, _loggers, cancellationToken);
        Address = _web.Address;
    }

    /// <summary>A transport for a client in this process that acts as a user.</summary>
    public HttpMessageHandler InProcess(UserInfo user) => new InProcessHandler(_inProcess.InvokeAsync, user);

    /// <summary>
    /// /readyz fails at once; after the shutdown delay new requests are refused, watches end and running requests finish, within their
    /// time; then it stops.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _parts.Filters.Shutdown.Announce();
        if (_web is not null)
            await LeaveServiceAsync();
        _parts.Filters.Shutdown.Refuse();
        await _parts.Stopping.CancelAsync();
        if (_web is not null)
            await StopListeningAsync(_web);
        await _background;
        await _inProcess.Ended.WaitAsync(LongRunningPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _parts.DisposeAsync();
    }

    // Takes this server out of the endpoints of the Service kubernetes, and gives load balancers time to see that it goes.
    private async Task LeaveServiceAsync()
    {
        using var patience = new CancellationTokenSource(LeavePatience);
        await _parts.Bootstrap.LeaveKubernetesServiceAsync(patience.Token);
        if (_options.Serving.ShutdownDelayDuration > TimeSpan.Zero)
            await Task.Delay(_options.Serving.ShutdownDelayDuration, _time);
    }

    // Requests finish; what has no end of its own (an exec, a followed log) is cut when they have.
    private async Task StopListeningAsync(HttpsListener web)
    {
        using var cut = new CancellationTokenSource();
        var stopped = web.StopAsync(cut.Token);
        var drained = _parts.Filters.Shutdown.Drained.WaitAsync(_options.Serving.RequestTimeout);
        if (await Task.WhenAny(stopped, drained) != stopped)
        {
            cut.CancelAfter(LongRunningPatience);
            await drained.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await stopped;
        await web.DisposeAsync();
    }
}
