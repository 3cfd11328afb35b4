using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xebec.Api.Coordination.V1;
using Xebec.Client.LeaderElection;
using Xebec.Client.Tests.Fakes;

namespace Xebec.Client.Tests;

public sealed class LeaderElectorTests
{
    private readonly FakeApiServer _server = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task OneLeadsAndTheNextFollowsAtOnceAfterARelease()
    {
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        var firstLeads = new TaskCompletionSource();
        var secondLeads = new TaskCompletionSource();
        var first = Elector("first").RunAsync(c => LeadAsync(firstLeads, c), stopFirst.Token);
        await firstLeads.Task;
        var second = Elector("second").RunAsync(c => LeadAsync(secondLeads, c), stopSecond.Token);
        await stopFirst.CancelAsync();
        await first;
        while (!secondLeads.Task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var lease = await _server.NewClient().GetAsync<Lease>("kube-system", "kube-scheduler");
        Assert.Equal("second", lease.Spec.HolderIdentity);
        await stopSecond.CancelAsync();
        await second;
    }

    [Fact]
    public async Task ALeaderWhoseRenewalIsNotAnsweredGivesUpBeforeOthersTakeOver()
    {
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var renewals = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        var leads = new TaskCompletionSource();
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var elector = Elector("first");
        var running = elector.RunAsync(
            async cancellation =>
            {
                leads.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                lost.TrySetResult();
            },
            stop.Token);
        await leads.Task;
        _server.Hold = _ =>
        {
            renewals.TrySetResult();
            return hanging.Task;
        };
        await AdvanceUntilAsync(renewals.Task, TimeSpan.FromSeconds(1));
        // What is left until the deadline, and less than the requests' own minute and the lease's 15 seconds.
        _time.Advance(TimeSpan.FromSeconds(10));
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        hanging.SetResult();
        await stop.CancelAsync();
        await running;
        Assert.False(elector.IsLeader);
    }

    private async Task AdvanceUntilAsync(Task done, TimeSpan step)
    {
        while (!done.IsCompleted)
        {
            _time.Advance(step);
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData("", 0, true)]
    [InlineData("me", 0, true)]
    [InlineData("other", 14, false)]
    [InlineData("other", 15, true)]
    public void ALeaseIsTakenWhenItIsFreeOursOrOld(string holder, int secondsSinceChange, bool expected)
    {
        var lease = new LeaseSpec { HolderIdentity = holder, LeaseDurationSeconds = 15 };
        Assert.Equal(expected, LeaseRecord.MayTake(lease, TimeSpan.FromSeconds(secondsSinceChange), Options("me")));
    }

    [Fact]
    public void TakingFromAnotherCountsATransition()
    {
        var now = _time.GetUtcNow();
        var mine = LeaseRecord.Held(new LeaseSpec { HolderIdentity = "other", LeaseTransitions = 3 }, Options("me"), now);
        Assert.Equal((4, now), (mine.LeaseTransitions, mine.AcquireTime));
        var renewed = LeaseRecord.Held(mine, Options("me"), now.AddSeconds(2));
        Assert.Equal((4, now), (renewed.LeaseTransitions, renewed.AcquireTime));
    }

    private LeaderElector Elector(string identity) => new(_server.NewClient(_time), Options(identity), _time, NullLogger.Instance);

    private static LeaderElectionOptions Options(string identity) => new() { Name = "kube-scheduler", Identity = identity };

    private static Task LeadAsync(TaskCompletionSource leads, CancellationToken cancellation)
    {
        leads.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
    }
}
