namespace Xebec.Kubelet.Runtime;

/// <summary>CPU time used since the start in core-nanoseconds, and the current rate in nano-cores (0: not known yet).</summary>
public sealed record CpuUsage(DateTimeOffset Timestamp, ulong UsageCoreNanoseconds, ulong UsageNanoCores = 0);
