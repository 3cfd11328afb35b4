using Xebec.Kubelet.PodWorkers;

namespace Xebec.Kubelet.Tests.PodWorkers;

public sealed class BackOffTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void WaitsTwiceAsLongEachTimeUpToTheLongest()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.Zero, backOff.Remaining("k", Start, Start));
        var waits = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            backOff.Next("k", Start, Start);
            waits.Add(backOff.Remaining("k", Start, Start).TotalSeconds);
        }

        Assert.Equal([10, 20, 40, 80, 160, 300, 300], waits);
    }

    [Fact]
    public void ForgetsAfterTenQuietMinutes()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
        backOff.Next("k", Start, Start);
        backOff.Next("k", Start, Start);
        var later = Start.AddMinutes(10).AddSeconds(1);
        Assert.Equal(TimeSpan.Zero, backOff.Remaining("k", later, later));
        backOff.Next("k", later, later);
        Assert.Equal(10, backOff.Remaining("k", later, later).TotalSeconds);
    }
}
