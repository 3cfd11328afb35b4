namespace Xebec.Proxy.Nftables;

/// <summary>What a command answered.</summary>
internal readonly record struct NodeCommandResult(int ExitCode, string Output, string Error);
