using System.Threading.Channels;

namespace Xebec.Kubelet.Runtime.Fake;

/// <summary>Hands every event to every watcher; each starts with a Resync.</summary>
internal sealed class FakeEvents
{
    private readonly Lock _lock = new();
    private readonly List<Channel<RuntimeEvent>> _watchers = [];

    public void Publish(RuntimeEvent happened)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(happened);
        }
    }

    public async IAsyncEnumerable<RuntimeEvent> WatchAsync(
        DateTimeOffset now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<RuntimeEvent>();
        channel.Writer.TryWrite(new RuntimeEvent(RuntimeEventType.Resync, "", now));
        lock (_lock)
            _watchers.Add(channel);
        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
                yield return happened;
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }
}
