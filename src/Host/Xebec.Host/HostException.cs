namespace Xebec.Host;

/// <summary>A failure that the user can act on: its message is printed as it is, without a stack trace, and the exit code is 1.</summary>
internal sealed class HostException(string message, Exception? inner = null) : Exception(message, inner);
