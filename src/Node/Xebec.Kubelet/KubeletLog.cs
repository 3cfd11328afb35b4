using Microsoft.Extensions.Logging;

namespace Xebec.Kubelet;

/// <summary>What the kubelet logs; event ids 5000 to 5099.</summary>
internal static partial class KubeletLog
{
    [LoggerMessage(5000, LogLevel.Information, "Kubelet started node=\"{Node}\" runtime=\"{Runtime}\" version=\"{Version}\"")]
    public static partial void Started(ILogger logger, string node, string runtime, string version);

    [LoggerMessage(5001, LogLevel.Error, "Error syncing pod, will retry pod=\"{Pod}\" podUID=\"{Uid}\" err=\"{Error}\"")]
    public static partial void SyncFailed(ILogger logger, string pod, string uid, string error);

    [LoggerMessage(5002, LogLevel.Error, "Pod worker failed pod=\"{Pod}\" podUID=\"{Uid}\"")]
    public static partial void WorkerFailed(ILogger logger, Exception e, string pod, string uid);

    [LoggerMessage(5003, LogLevel.Information,
        "Killing container pod=\"{Pod}\" containerName=\"{Container}\" containerID=\"{Id}\" gracePeriod={GraceSeconds}")]
    public static partial void Killing(ILogger logger, string pod, string container, string id, long graceSeconds);

    [LoggerMessage(5004, LogLevel.Warning, "Failed to update status for pod pod=\"{Pod}\" err=\"{Error}\"")]
    public static partial void StatusFailed(ILogger logger, string pod, string error);

    [LoggerMessage(5005, LogLevel.Warning, "Runtime unreachable, trying again err=\"{Error}\"")]
    public static partial void RuntimeUnreachable(ILogger logger, string error);

    [LoggerMessage(5006, LogLevel.Warning, "Unable to register node with API server, trying again node=\"{Node}\" err=\"{Error}\"")]
    public static partial void RegisterFailed(ILogger logger, string node, string error);

    [LoggerMessage(5007, LogLevel.Warning, "Error updating node, trying again node=\"{Node}\" err=\"{Error}\"")]
    public static partial void NodeUpdateFailed(ILogger logger, string node, string error);

    [LoggerMessage(5008, LogLevel.Information, "Cleaning up orphaned pod podUID=\"{Uid}\"")]
    public static partial void CleaningOrphan(ILogger logger, string uid);

    [LoggerMessage(5009, LogLevel.Warning, "Housekeeping failed, trying again err=\"{Error}\"")]
    public static partial void HousekeepingFailed(ILogger logger, string error);

    [LoggerMessage(5010, LogLevel.Warning, "Eviction manager: evicting pod pod=\"{Pod}\" resource=\"{Resource}\"")]
    public static partial void Evicting(ILogger logger, string pod, string resource);

    [LoggerMessage(5011, LogLevel.Warning, "Failed to send event reason=\"{Reason}\" err=\"{Error}\"")]
    public static partial void EventFailed(ILogger logger, string reason, string error);

    [LoggerMessage(5012, LogLevel.Information, "Removing image to free disk imageID=\"{Image}\" size={SizeBytes}")]
    public static partial void RemovingImage(ILogger logger, string image, ulong sizeBytes);

    [LoggerMessage(5013, LogLevel.Warning, "Background task failed, trying again task=\"{Task}\" err=\"{Error}\"")]
    public static partial void LoopFailed(ILogger logger, string task, string error);

    [LoggerMessage(
        5014, LogLevel.Information, "Probe failed probeType=\"{Kind}\" pod=\"{Pod}\" containerName=\"{Container}\" output=\"{Output}\"")]
    public static partial void ProbeFailed(ILogger logger, string kind, string pod, string container, string output);

    [LoggerMessage(5015, LogLevel.Information, "Kubelet server listening port={Port}")]
    public static partial void Listening(ILogger logger, int port);
}
