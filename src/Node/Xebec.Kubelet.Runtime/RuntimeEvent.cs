namespace Xebec.Kubelet.Runtime;

/// <summary>One happening. The id is a container's or a sandbox's (look it up to tell); the exit code goes with Stopped only.</summary>
public sealed record RuntimeEvent(RuntimeEventType Type, string Id, DateTimeOffset Time, int ExitCode = 0);
