namespace Xebec.Kubelet.Runtime;

/// <summary>Counters of one network interface since its creation.</summary>
public sealed record NetworkInterfaceUsage(string Name, ulong RxBytes, ulong RxErrors, ulong TxBytes, ulong TxErrors);
