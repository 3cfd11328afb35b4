using Microsoft.Extensions.Time.Testing;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.FlowControl;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Tests.FlowControl;

public sealed class FairQueuesTests
{
    private static readonly PriorityLevelSettings Settings = new() { Name = "test", Queues = 64, HandSize = 6, QueueLengthLimit = 50 };
    private readonly FakeTimeProvider _time = new();
    private readonly FlowMetrics _metrics = new(new MetricsRegistry());

    [Fact]
    public void A_hand_is_of_distinct_queues()
    {
        var random = new Random(7);
        Span<int> hand = stackalloc int[8];
        for (var i = 0; i < 1000; i++)
        {
            ShuffleSharding.Deal((ulong)random.NextInt64(), 16, hand);
            Assert.Equal(8, hand.ToArray().Distinct().Count());
            Assert.All(hand.ToArray(), q => Assert.InRange(q, 0, 15));
        }
    }

    [Fact]
    public void A_flow_of_few_requests_overtakes_a_flow_of_many()
    {
        var level = Level(seats: 2, Settings);
        var (running, waiting) = Fill(level, "elephant", 40);
        var mouse = Waiting(level, "mouse");
        Assert.NotNull(mouse);
        var finished = 0;
        while (!mouse.Task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            End(level, running.Dequeue());
            finished++;
            foreach (var seated in waiting.Where(w => w.Task.IsCompleted).ToArray())
            {
                waiting.Remove(seated);
                running.Enqueue(seated.Queue);
            }
        }

        Assert.InRange(finished, 1, 3);
    }

    [Fact]
    public void Seats_that_wide_requests_leave_free_give_their_flow_no_credit()
    {
        // Of 7 seats a request of 4 leaves 3 free: virtual time runs faster than the flow is served.
        var level = Level(seats: 7, Settings);
        Assert.Null(Begin(level, "elephant", out var running, out _, seats: 4));
        var next = Waiting(level, "elephant", seats: 4);
        for (var i = 0; i < 1000; i++)
        {
            var after = Waiting(level, "elephant", seats: 4);
            _time.Advance(TimeSpan.FromMilliseconds(10));
            End(level, running, seats: 4);
            Assert.True(next!.Task.IsCompleted);
            (running, next) = (next.Queue, after);
        }

        var mouse = Waiting(level, "mouse", seats: 4);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        End(level, running, seats: 4);
        Assert.True(mouse!.Task.IsCompleted);
    }

    [Fact]
    public void A_full_queue_rejects()
    {
        var level = Level(seats: 1, Settings with { Queues = 1, HandSize = 1, QueueLengthLimit = 3 });
        Fill(level, "one", 4);
        Assert.Equal("queue-full", Begin(level, "one", out _, out _));
    }

    [Fact]
    public void A_level_without_queues_rejects_what_exceeds_its_limit()
    {
        var level = Level(seats: 2, Settings with { Queues = 0 });
        Assert.Null(Begin(level, "one", out var queue, out _));
        Assert.Null(queue);
        Assert.Null(Begin(level, "two", out _, out _));
        Assert.Equal("concurrency-limit", Begin(level, "three", out _, out _));
        End(level, null);
        Assert.Null(Begin(level, "three", out _, out _));
    }

    [Fact]
    public void A_request_wider_than_the_limit_runs_alone()
    {
        var level = Level(seats: 2, Settings);
        Assert.Null(Begin(level, "wide", out var queue, out var waiting, seats: 10));
        Assert.Null(waiting);
        Assert.NotNull(Waiting(level, "narrow"));
        End(level, queue, seats: 10);
        Assert.Equal(1, level.Inspect(state => state.SeatsInUse));
    }

    [Fact]
    public void Who_gives_up_leaves_nothing_behind()
    {
        var level = Level(seats: 1, Settings);
        Begin(level, "one", out var queue, out _);
        var waiting = Waiting(level, "two");
        Assert.True(level.TryLeave(waiting!, isTimeUp: true));
        Assert.False(level.TryLeave(waiting!, isTimeUp: true));
        End(level, queue);
        Assert.Equal((0, 0, 0), level.Inspect(s => (s.SeatsInUse, s.Executing, s.Queues.WaitingCount)));
        Assert.False(waiting!.Task.IsCompleted);
    }

    [Fact]
    public void Fewer_queues_are_reached_by_emptying_the_others()
    {
        var level = Level(seats: 1, Settings with { Queues = 8, HandSize = 1 });
        var held = new Queue<FlowQueue?>();
        Begin(level, "first", out var queue, out _);
        held.Enqueue(queue);
        var waiting = Enumerable.Range(0, 20).Select(i => Waiting(level, $"flow-{i}")!).ToList();
        level.Configure(Settings with { Queues = 2, HandSize = 1 }, new SeatLimits(1, 1, 1));
        for (var i = 0; i < 20; i++)
        {
            End(level, held.Dequeue());
            var seated = Assert.Single(waiting, w => w.Task.IsCompleted);
            waiting.Remove(seated);
            held.Enqueue(seated.Queue);
        }

        End(level, held.Dequeue());
        Assert.Equal(2, level.Inspect(s => s.Queues.Queues.Count));
    }

    private PriorityLevel Level(int seats, PriorityLevelSettings settings)
    {
        var level = new PriorityLevel("test", _time, _metrics);
        level.Configure(settings, new SeatLimits(seats, seats, seats));
        return level;
    }

    private (Queue<FlowQueue?> Running, List<WaitingRequest> Waiting) Fill(PriorityLevel level, string user, int count)
    {
        var (running, waiting) = (new Queue<FlowQueue?>(), new List<WaitingRequest>());
        for (var i = 0; i < count; i++)
        {
            Assert.Null(Begin(level, user, out var queue, out var held));
            if (held is null)
                running.Enqueue(queue);
            else
                waiting.Add(held);
        }

        return (running, waiting);
    }

    private WaitingRequest? Waiting(PriorityLevel level, string user, int seats = 1)
    {
        Assert.Null(Begin(level, user, out _, out var waiting, seats));
        return waiting;
    }

    private string? Begin(PriorityLevel level, string user, out FlowQueue? queue, out WaitingRequest? waiting, int seats = 1)
    {
        var schema = new FlowSchema(FlowControlObjects.MandatoryFlowSchemas[1]);
        var active = new ActiveFlowSchema(schema, level, _metrics.Schema("test", "test"));
        var info = new RequestInfo { Path = "/api/v1/pods", Verb = "list", Resource = "pods", IsResourceRequest = true };
        return level.TryBegin(active, info, new UserInfo(user), seats, _time.GetTimestamp(), out queue, out waiting);
    }

    private void End(PriorityLevel level, FlowQueue? queue, int seats = 1) =>
        level.End(queue, new WorkEstimate(seats), 0.01, _time.GetTimestamp());
}
