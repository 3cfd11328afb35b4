using Microsoft.Extensions.Logging;

namespace Xebec.Client.Queues;

/// <summary>What controller runners log; event ids 1120 to 1129.</summary>
internal static partial class ControllerLog
{
    [LoggerMessage(1120, LogLevel.Debug, "Conflict, reconciling again controller=\"{Controller}\" key=\"{Key}\" err=\"{Error}\"")]
    public static partial void Conflict(ILogger logger, string controller, string key, string error);

    [LoggerMessage(1121, LogLevel.Warning,
        "Reconcile refused, trying again controller=\"{Controller}\" key=\"{Key}\" requeues={Requeues} err=\"{Error}\"")]
    public static partial void Refused(ILogger logger, string controller, string key, int requeues, string error);

    [LoggerMessage(1122, LogLevel.Error, "Reconcile failed, trying again controller=\"{Controller}\" key=\"{Key}\" requeues={Requeues}")]
    public static partial void Failed(ILogger logger, Exception e, string controller, string key, int requeues);
}
