using SQLitePCL;

namespace Xebec.Store.Sqlite.Database;

/// <summary>One SQLite connection, used by one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    private const int BusyTimeoutMilliseconds = 2000;
    private const int CacheWriteCounter = 9;
    private readonly sqlite3 _handle;

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle) => _handle = handle;

    /// <summary>True while a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    public static Connection Open(string file, bool readOnly)
    {
        var access = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var resultCode = raw.sqlite3_open_v2(file, out var handle, access | raw.SQLITE_OPEN_NOMUTEX, null);
        var connection = new Connection(handle);
        try
        {
            connection.Check(resultCode);
            raw.sqlite3_extended_result_codes(handle, 1);
            raw.sqlite3_busy_timeout(handle, BusyTimeoutMilliseconds);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Statement Prepare(ReadOnlySpan<byte> sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return new Statement(this, statement);
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public long QueryNumber(ReadOnlySpan<byte> sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>Switches the write-ahead log on; false when the file system can't do it.</summary>
    public bool UseWriteAheadLog()
    {
        using var statement = Prepare("PRAGMA journal_mode = WAL"u8);
        return statement.Step() && statement.Text(0) == "wal";
    }

    /// <summary>Undoes the open transaction, if the error did not already.</summary>
    public void RollBack()
    {
        if (InTransaction)
            raw.sqlite3_exec(_handle, "ROLLBACK");
    }

    /// <summary>Copies the log into the database file, but for what readers hold back; false when that is not everything.</summary>
    public bool Checkpoint()
    {
        Check(raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var logFrames, out var copiedFrames));
        return logFrames == copiedFrames;
    }

    /// <summary>Pages written to the log since the last call that asked for a reset.</summary>
    public int PagesWritten(bool reset)
    {
        raw.sqlite3_db_status(_handle, CacheWriteCounter, out var pages, out _, reset ? 1 : 0);
        return pages;
    }

    public void Check(int resultCode)
    {
        if (resultCode is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new SqliteException(resultCode, raw.sqlite3_errmsg(_handle).utf8_to_string());
    }

    public void Dispose() => raw.sqlite3_close_v2(_handle);
}
