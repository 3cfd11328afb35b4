namespace Xebec.Kubelet.Probes;

/// <summary>The three kinds of probe.</summary>
internal enum ProbeKind
{
    Liveness,
    Readiness,
    Startup,
}
