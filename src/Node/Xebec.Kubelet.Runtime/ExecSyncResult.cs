namespace Xebec.Kubelet.Runtime;

/// <summary>What a command wrote and how it ended.</summary>
public sealed record ExecSyncResult(ReadOnlyMemory<byte> Stdout, ReadOnlyMemory<byte> Stderr, int ExitCode);
