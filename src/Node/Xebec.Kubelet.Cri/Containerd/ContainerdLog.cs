using Microsoft.Extensions.Logging;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>What the owner of containerd logs.</summary>
internal static partial class ContainerdLog
{
    [LoggerMessage(5100, LogLevel.Information, "Container runtime ready socket=\"{Socket}\" pid={ProcessId} adopted={Adopted}")]
    public static partial void Ready(ILogger logger, string socket, int processId, bool adopted);

    [LoggerMessage(5101, LogLevel.Error, "Container runtime ended, starting it again pid={ProcessId} log=\"{Log}\"")]
    public static partial void Ended(ILogger logger, int processId, string log);

    [LoggerMessage(5102, LogLevel.Warning, "Cannot remove pod sandbox podSandboxID={PodSandboxId} err=\"{Error}\"")]
    public static partial void SandboxLeft(ILogger logger, string podSandboxId, string error);
}
