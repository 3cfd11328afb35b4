using SQLitePCL;

namespace Xebec.Store.Sqlite.Database;

/// <summary>Says in the store's terms what an SQLite error means and what to do about it.</summary>
internal static class StoreFailure
{
    public static StoreUnavailableException Explain(SqliteException error, string file) => new(Message(error, file), error);

    private static string Message(SqliteException error, string file) => error.PrimaryCode switch
    {
        raw.SQLITE_FULL => $"the disk that holds the store {file} is full: free some space, writes resume by themselves ({error.Message})",
        raw.SQLITE_IOERR =>
            $"I/O error on the store {file}: check the disk, each new write tries again by itself ({error.Message})",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            $"the store file {file} is damaged: stop the server, then restore a backup of it, or move it away together with "
            + $"{file}-wal and {file}-shm to start empty ({error.Message})",
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
            $"the store file {file} can't be opened for writing: check that its folder exists and who may write to it ({error.Message})",
        _ => $"the store {file} failed ({error.Message})",
    };
}
