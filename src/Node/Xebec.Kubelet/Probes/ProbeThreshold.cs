namespace Xebec.Kubelet.Probes;

/// <summary>Counts results in a row until they are enough to count. Pure.</summary>
internal readonly record struct ProbeThreshold(bool LastSucceeded, int InARow)
{
    /// <summary>The count after one more result, and the outcome when it reached its threshold.</summary>
    public (ProbeThreshold Next, ProbeOutcome? Outcome) Add(bool succeeded, int successThreshold, int failureThreshold)
    {
        var next = new ProbeThreshold(succeeded, InARow > 0 && LastSucceeded == succeeded ? InARow + 1 : 1);
        var enough = succeeded ? Math.Max(1, successThreshold) : failureThreshold <= 0 ? 3 : failureThreshold;
        if (next.InARow < enough)
            return (next, null);
        return (next, succeeded ? ProbeOutcome.Success : ProbeOutcome.Failure);
    }
}
