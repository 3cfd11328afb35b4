using Microsoft.Extensions.Time.Testing;

namespace Xebec.Client.Tests.Fakes;

/// <summary>A clock that stands still and tells when somebody began to wait for less than a request may take.</summary>
internal sealed class PauseClock : FakeTimeProvider
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);
    private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Paused => _paused.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < RequestTimeout)
            _paused.TrySetResult();
        return timer;
    }
}
