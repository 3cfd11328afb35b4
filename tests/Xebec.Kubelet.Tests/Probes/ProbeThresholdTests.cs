using Xebec.Kubelet.Probes;

namespace Xebec.Kubelet.Tests.Probes;

public sealed class ProbeThresholdTests
{
    [Theory]
    [InlineData("+", 1, 3, "S")]
    [InlineData("---", 1, 3, "..F")]
    [InlineData("--+---", 1, 3, "..S..F")]
    [InlineData("-+++", 3, 1, "F..S")]
    [InlineData("++-++", 3, 1, "..F..")]
    public void CountsResultsInARow(string results, int successThreshold, int failureThreshold, string expected)
    {
        var threshold = default(ProbeThreshold);
        var seen = "";
        foreach (var result in results)
        {
            (threshold, var outcome) = threshold.Add(result == '+', successThreshold, failureThreshold);
            seen += outcome switch { ProbeOutcome.Success => "S", ProbeOutcome.Failure => "F", _ => "." };
        }

        Assert.Equal(expected, seen);
    }

    [Fact]
    public void WritesAndReadsTheHealthMessages()
    {
        Assert.Equal([0, 0, 0, 0, 0], GrpcHealth.Encode(""));
        Assert.Equal([0, 0, 0, 0, 3, 0x0A, 1, (byte)'x'], GrpcHealth.Encode("x"));
        Assert.Equal(1, GrpcHealth.Decode([0, 0, 0, 0, 2, 8, 1]));
        Assert.Equal(0, GrpcHealth.Decode([0, 0, 0, 0, 0]));
    }
}
