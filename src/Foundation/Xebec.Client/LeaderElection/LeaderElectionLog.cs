using Microsoft.Extensions.Logging;

namespace Xebec.Client.LeaderElection;

/// <summary>What leader election logs; event ids 1140 to 1149.</summary>
internal static partial class LeaderElectionLog
{
    [LoggerMessage(1140, LogLevel.Information, "Became leader lease=\"{Lease}\" identity=\"{Identity}\"")]
    public static partial void Leading(ILogger logger, string lease, string identity);

    [LoggerMessage(1141, LogLevel.Information, "Stopped leading lease=\"{Lease}\" identity=\"{Identity}\"")]
    public static partial void Stopped(ILogger logger, string lease, string identity);

    [LoggerMessage(1142, LogLevel.Debug, "Lease not taken lease=\"{Lease}\" err=\"{Error}\"")]
    public static partial void NotTaken(ILogger logger, string lease, string error);

    [LoggerMessage(1143, LogLevel.Error, "The leader's work failed lease=\"{Lease}\"")]
    public static partial void WorkFailed(ILogger logger, Exception e, string lease);
}
