namespace Xebec.Kubelet.Runtime;

/// <summary>A pod's network counters: its default interface, and any others.</summary>
public sealed record NetworkUsage(
    DateTimeOffset Timestamp, NetworkInterfaceUsage? DefaultInterface, IReadOnlyList<NetworkInterfaceUsage> Interfaces);
