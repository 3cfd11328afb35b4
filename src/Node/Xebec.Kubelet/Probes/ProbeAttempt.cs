namespace Xebec.Kubelet.Probes;

/// <summary>One try of a probe, with what it said.</summary>
internal readonly record struct ProbeAttempt(bool Succeeded, string Output)
{
    public static readonly ProbeAttempt Success = new(true, "");

    public static ProbeAttempt Failure(string output) => new(false, output);
}
