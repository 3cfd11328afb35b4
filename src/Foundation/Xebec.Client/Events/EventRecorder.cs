using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Xebec.Api;
using Xebec.Api.Core.V1;
using Xebec.ApiMachinery.Values;

namespace Xebec.Client.Events;

/// <summary>
/// Writes core/v1 Events about objects. Recording never waits and never fails: events are sent in the background, and dropped
/// when over a thousand wait.
/// </summary>
public sealed class EventRecorder : IAsyncDisposable
{
    private const int MostWaiting = 1000;
    private const int Tries = 12;
    private static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(10);
    private readonly Channel<Event> _waiting =
        Channel.CreateBounded<Event>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly EventCorrelator _correlator = new();
    private readonly ApiClient _client;
    private readonly EventSource _source;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _sending;
    private long _lastNameTicks;

    /// <summary>A recorder for a component, for example deployment-controller, or kubelet on a node.</summary>
    public EventRecorder(ApiClient client, string component, string host, TimeProvider time, ILogger logger)
    {
        _client = client;
        _source = new EventSource { Component = component, Host = host };
        _time = time;
        _logger = logger;
        _sending = Task.Run(SendAllAsync);
    }

    /// <summary>Something went as it should.</summary>
    public void Normal(IKubernetesObject about, string reason, string message) => Record(ReferenceTo(about), "Normal", reason, message);

    /// <summary>Something that a user should look at.</summary>
    public void Warning(IKubernetesObject about, string reason, string message) => Record(ReferenceTo(about), "Warning", reason, message);

    /// <summary>An event about a reference, which may have a fieldPath such as spec.containers{web}; type is Normal or Warning.</summary>
    public void Record(ObjectReference about, string type, string reason, string message)
    {
        var now = _time.GetUtcNow();
        var recorded = new Event
        {
            InvolvedObject = about, Type = type, Reason = reason, Message = message, Source = _source, FirstTimestamp = now,
                LastTimestamp = now,
            Count = 1, ReportingComponent = _source.Component, ReportingInstance = _source.Host,
        };
        recorded.Metadata.Name = $"{about.Name}.{NameTicks(now):x16}";
        recorded.Metadata.Namespace = about.Namespace.Length > 0 ? about.Namespace : "default";
        _waiting.Writer.TryWrite(recorded);
    }

    /// <summary>A reference to an object as events carry it.</summary>
    public static ObjectReference ReferenceTo(IKubernetesObject obj) => new()
    {
        Kind = obj.Kind, ApiVersion = obj.ApiVersion, Namespace = obj.Metadata.Namespace, Name = obj.Metadata.Name, Uid = obj.Metadata.Uid,
        ResourceVersion = obj.Metadata.ResourceVersion,
    };

    /// <summary>Stops; what still waits is sent when the server takes it at once.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(1));
        await _sending;
        _stop.Dispose();
    }

    /// <summary>Nanoseconds since 1970, never the same twice, as upstream ends an event's name.</summary>
    private long NameTicks(DateTimeOffset now)
    {
        while (true)
        {
            var last = Interlocked.Read(ref _lastNameTicks);
            var next = Math.Max((now - DateTimeOffset.UnixEpoch).Ticks * 100, last + 1);
            if (Interlocked.CompareExchange(ref _lastNameTicks, next, last) == last)
                return next;
        }
    }

    private async Task SendAllAsync()
    {
        await foreach (var recorded in _waiting.Reader.ReadAllAsync())
        {
            if (_correlator.Correlate(recorded, _time.GetUtcNow()) is { } correlated && !_stop.IsCancellationRequested)
                await SendAsync(correlated);
        }
    }

    private async Task SendAsync(CorrelatedEvent correlated)
    {
        for (var attempt = 1; attempt <= Tries && !_stop.IsCancellationRequested; attempt++)
        {
            try
            {
                _correlator.Stored(correlated.Key, await StoreAsync(correlated));
                return;
            }
            catch (ApiErrorException e)
            {
                EventLog.Rejected(_logger, correlated.Event.Reason, correlated.Event.InvolvedObject.Name, e.Message);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                EventLog.Unsent(_logger, correlated.Event.Reason, correlated.Event.InvolvedObject.Name, e.Message);
                await Task.Delay(RetryWait, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<Event> StoreAsync(CorrelatedEvent correlated)
    {
        var sent = correlated.Event;
        if (!correlated.IsRepetition)
            return await _client.CreateAsync(sent, null, _stop.Token);
        try
        {
            return await _client.PatchAsync<Event>(sent.Metadata.Namespace, sent.Metadata.Name, Repetition(sent), "", null, _stop.Token);
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            sent.Metadata.Name = $"{sent.InvolvedObject.Name}.{NameTicks(_time.GetUtcNow()):x16}";
            return await _client.CreateAsync(sent, null, _stop.Token);
        }
    }

    private static Patch Repetition(Event e) => Patch.Strategic(new ObjectValue
    {
        { "count", e.Count },
        { "lastTimestamp",
            e.LastTimestamp!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) },
        { "message", e.Message },
    });
}
