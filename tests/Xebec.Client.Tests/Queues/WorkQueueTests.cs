using Microsoft.Extensions.Time.Testing;
using Xebec.Client.Queues;

namespace Xebec.Client.Tests.Queues;

public sealed class WorkQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>(_time);

    [Fact]
    public async Task AKeyWaitsOnce()
    {
        _queue.Add("a");
        _queue.Add("a");
        _queue.Add("b");
        Assert.Equal("a", await TakeAsync());
        Assert.Equal("b", await TakeAsync());
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public async Task AKeyAddedWhileWorkedOnComesAgainAfterwards()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.Add("a");
        Assert.Equal(0, _queue.Count);
        _queue.Done("a");
        Assert.Equal("a", await TakeAsync());
    }

    [Fact]
    public void DelaysAreKeptAndTheEarliestCounts()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _queue.AddAfter("b", TimeSpan.FromSeconds(7));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, _queue.Count);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, _queue.Count);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(10, 2560)]
    [InlineData(50, 1_000_000)]
    public void RetriesBackOff(int failures, double milliseconds) =>
        Assert.Equal(milliseconds, RetryDelay.After(failures).TotalMilliseconds);

    [Fact]
    public async Task ShutDownHandsOutWhatWaits()
    {
        _queue.Add("a");
        _queue.ShutDown();
        _queue.Add("b");
        Assert.Equal("a", await TakeAsync());
        _queue.Done("a");
        Assert.False((await _queue.TakeAsync(default)).Taken);
    }

    private async Task<string> TakeAsync()
    {
        var (taken, key) = await _queue.TakeAsync(default);
        Assert.True(taken);
        return key;
    }
}
