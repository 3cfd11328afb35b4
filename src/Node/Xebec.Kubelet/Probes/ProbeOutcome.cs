namespace Xebec.Kubelet.Probes;

/// <summary>What a probe found, after its thresholds.</summary>
internal enum ProbeOutcome
{
    Unknown,
    Success,
    Failure,
}
