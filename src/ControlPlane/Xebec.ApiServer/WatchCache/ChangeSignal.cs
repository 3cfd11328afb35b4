namespace Xebec.ApiServer.WatchCache;

/// <summary>Wakes everyone who waits for the next change. Waiting costs one shared task, whatever the number of waiters.</summary>
internal sealed class ChangeSignal
{
    private volatile TaskCompletionSource _next = NewSource();

    /// <summary>Completes at the next <see cref="Raise"/>. Take it before looking at the state, then await it.</summary>
    public Task Next => _next.Task;

    /// <summary>Wakes the waiters.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, NewSource()).SetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
