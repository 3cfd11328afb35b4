using Xebec.Api.Core.V1;
using Xebec.Client.Events;

namespace Xebec.Client.Tests.Events;

public sealed class EventCorrelatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly EventCorrelator _correlator = new();

    [Fact]
    public void TheSameEventRaisesACount()
    {
        var first = Send("pulled", Now)!;
        Assert.False(first.IsRepetition);
        var second = Send("pulled", Now.AddSeconds(5))!;
        Assert.True(second.IsRepetition);
        Assert.Equal((2, first.Event.Metadata.Name), (second.Event.Count, second.Event.Metadata.Name));
        Assert.Equal(3, Send("pulled", Now.AddSeconds(9))!.Event.Count);
    }

    [Fact]
    public void ManySimilarOnesAreCombined()
    {
        for (var i = 0; i < 9; i++)
            Assert.Equal($"m{i}", Send($"m{i}", Now)!.Event.Message);
        Assert.Equal("(combined from similar events): m9", Send("m9", Now)!.Event.Message);
        Assert.Equal(2, Send("m10", Now)!.Event.Count);
        Assert.Equal("later", Send("later", Now.AddMinutes(11))!.Event.Message);
    }

    [Fact]
    public void ASourceMayNotFlood()
    {
        Assert.Equal(25, Enumerable.Range(0, 40).Count(_ => Send("again", Now) is not null));
        Assert.NotNull(Send("again", Now.AddMinutes(5)));
        Assert.Null(Send("again", Now.AddMinutes(5)));
    }

    private CorrelatedEvent? Send(string message, DateTimeOffset now)
    {
        var observed = new Event { Reason = "Test", Type = "Normal", Message = message, Count = 1,
            InvolvedObject = { Name = "p", Uid = "u" } };
        observed.Metadata.Name = $"p.{now.Ticks}.{message}";
        var correlated = _correlator.Correlate(observed, now);
        if (correlated is not null)
            _correlator.Stored(correlated.Key, correlated.Event);
        return correlated;
    }
}
