using Microsoft.Extensions.Logging;

namespace Xebec.Store.Sqlite;

/// <summary>What the store logs.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(1, LogLevel.Information, "Store opened file=\"{File}\" revision={Revision} compactedRevision={CompactedRevision}")]
    public static partial void Opened(ILogger logger, string file, long revision, long compactedRevision);

    [LoggerMessage(2, LogLevel.Error, "Store writes fail, reads go on file=\"{File}\"")]
    public static partial void WritesFail(ILogger logger, string file, Exception error);

    [LoggerMessage(3, LogLevel.Information, "Store writes resumed file=\"{File}\"")]
    public static partial void WritesResumed(ILogger logger, string file);

    [LoggerMessage(4, LogLevel.Warning, "Store maintenance failed and is tried again later file=\"{File}\"")]
    public static partial void MaintenanceFailed(ILogger logger, string file, Exception error);
}
