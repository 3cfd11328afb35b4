using Microsoft.Extensions.Time.Testing;
using Xebec.Testing.Clocks;

namespace Xebec.Testing.Tests.Clocks;

public sealed class ClusterClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _machine = new();
    private readonly ClusterClock _clock;

    public ClusterClockTests() => _clock = new ClusterClock(Start, _machine, _ => Task.CompletedTask);

    [Fact]
    public void RunsWithTheMachineAndIsMovedAhead()
    {
        _machine.Advance(TimeSpan.FromSeconds(5));
        _clock.Jump(TimeSpan.FromHours(1));
        Assert.Equal(Start.AddHours(1).AddSeconds(5), _clock.GetUtcNow());
        var from = _clock.GetTimestamp();
        _machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), _clock.GetElapsedTime(from));
    }

    [Fact]
    public async Task TimersFireWithTheMachineAndWhenItIsMoved()
    {
        var first = Task.Delay(TimeSpan.FromSeconds(10), _clock);
        var second = Task.Delay(TimeSpan.FromHours(2), _clock);
        _machine.Advance(TimeSpan.FromSeconds(9));
        Assert.False(first.IsCompleted);
        _machine.Advance(TimeSpan.FromSeconds(1));
        await first;
        _clock.Jump(TimeSpan.FromHours(1));
        Assert.False(second.IsCompleted);
        await _clock.AdvanceAsync(TimeSpan.FromHours(1));
        await second;
    }

    [Fact]
    public async Task AdvancingStopsAtEachTimerAndJumpingDoesNot()
    {
        using var ticks = new SemaphoreSlim(0);
        await using var timer = _clock.CreateTimer(_ => ticks.Release(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(10));
        for (var i = 0; i < 10; i++)
            await ticks.WaitAsync();
        _clock.Jump(TimeSpan.FromMinutes(10));
        await ticks.WaitAsync();
        Assert.Equal(0, ticks.CurrentCount);
    }

    [Fact]
    public async Task ATimerThatWasDisposedOrChangedDoesNotFire()
    {
        var fired = new TaskCompletionSource<string>();
        var disposed = _clock.CreateTimer(_ => fired.TrySetResult("disposed"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        var changed = _clock.CreateTimer(_ => fired.TrySetResult("changed"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        await using var later = _clock.CreateTimer(_ => fired.TrySetResult("later"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        await disposed.DisposeAsync();
        changed.Change(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        _clock.Jump(TimeSpan.FromMinutes(1));
        Assert.Equal("later", await fired.Task);
        Assert.False(disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        await changed.DisposeAsync();
    }
}
