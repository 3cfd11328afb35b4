using Microsoft.Extensions.Logging;
using Xebec.Client;
using Xebec.Client.Events;
using Xebec.Client.Informers;
using Xebec.Client.Queues;

namespace Xebec.ControllerManager;

/// <summary>What every controller is made from.</summary>
internal sealed class ControllerContext(ControllerManagerOptions options, InformerFactory informers) : IAsyncDisposable
{
    private readonly List<EventRecorder> _recorders = [];

    public ControllerManagerOptions Options => options;

    public ApiClient Client => options.Client;

    public TimeProvider Time => options.Time;

    public InformerFactory Informers => informers;

    public ILogger Logger(string controller) => options.Loggers.CreateLogger(controller);

    /// <summary>The recorder of a controller; its name is the event's source.</summary>
    public EventRecorder Recorder(string controller)
    {
        var recorder = new EventRecorder(Client, controller, "", Time, Logger(controller));
        _recorders.Add(recorder);
        return recorder;
    }

    public WorkQueue<TKey> NewQueue<TKey>()
        where TKey : notnull => new(Time);

    /// <summary>Waits for the caches, then reconciles keys until cancelled.</summary>
    public async Task RunAsync<TKey>(
        string controller, WorkQueue<TKey> queue, Func<TKey, CancellationToken, Task<ReconcileResult>> reconcile,
            CancellationToken cancellation, params Task[] synced)
        where TKey : notnull
    {
        await Task.WhenAll(synced).WaitAsync(cancellation);
        await new Controller<TKey>(controller, queue, reconcile, Logger(controller)).RunAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var recorder in _recorders)
            await recorder.DisposeAsync();
    }
}
