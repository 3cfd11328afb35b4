using Microsoft.Extensions.Logging;

namespace Xebec.Client.Events;

/// <summary>What the event recorder logs; event ids 1130 to 1139.</summary>
internal static partial class EventLog
{
    [LoggerMessage(1130, LogLevel.Warning, "Server rejected event reason=\"{Reason}\" object=\"{Name}\" err=\"{Error}\"")]
    public static partial void Rejected(ILogger logger, string reason, string name, string error);

    [LoggerMessage(1131, LogLevel.Warning, "Unable to write event, trying again reason=\"{Reason}\" object=\"{Name}\" err=\"{Error}\"")]
    public static partial void Unsent(ILogger logger, string reason, string name, string error);
}
