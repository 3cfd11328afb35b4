namespace Xebec.Store.Sqlite.Database;

/// <summary>The files of one store: the lock that keeps a second process out, and the connections to the database.</summary>
internal sealed class StoreFile : IDisposable
{
    private const int PageBytes = 8192;
    private const int LogLimitBytes = 64 << 20;
    private const int WriterCacheKiB = 8192;
    private readonly FileStream? _lock;
    private readonly string _path;

    private StoreFile(string path, FileStream? fileLock)
    {
        _path = path;
        _lock = fileLock;
    }

    /// <summary>How messages name the store.</summary>
    public string DisplayName => IsAnonymous ? "(in memory)" : _path;

    /// <summary>True for a store that ends with the process: its files have no name once every connection is open.</summary>
    public bool IsAnonymous => _lock is null;

    public static StoreFile Open(string? path)
    {
        if (path is null)
            return Anonymous();
        var fullPath = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(fullPath)!);
            var fileLock = TakeLock(fullPath);
            if (!File.Exists(fullPath))
                OpenPrivate(fullPath).Dispose();
            return new StoreFile(fullPath, fileLock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"the store file {fullPath} can't be opened: {e.Message}", e);
        }
    }

    public Connection OpenWriter(TimeProvider timeProvider)
    {
        var connection = Connection.Open(_path, readOnly: false);
        try
        {
            // page_size and auto_vacuum only take effect in an empty file, before the log is switched on.
            connection.Execute($"PRAGMA page_size = {PageBytes}; PRAGMA auto_vacuum = INCREMENTAL");
            if (!connection.UseWriteAheadLog())
                throw new StoreUnavailableException($"the store {DisplayName} is on a file system without shared memory: use a local disk");
            connection.Execute($"""
                PRAGMA synchronous = {(IsAnonymous ? "OFF" : "FULL")};
                PRAGMA journal_size_limit = {LogLimitBytes};
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA cache_size = -{WriterCacheKiB};
                """);
            Schema.Migrate(connection, DisplayName, timeProvider);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Connection OpenReader() => Connection.Open(_path, readOnly: true);

    /// <summary>Takes an anonymous store's names away, so that nothing is left behind however the process ends.</summary>
    public void ForgetNames()
    {
        if (IsAnonymous)
            Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
    }

    public void Dispose() => _lock?.Dispose();

    private static StoreFile Anonymous()
    {
        var folder = Directory.CreateTempSubdirectory($"xebec-store-{Environment.ProcessId}-");
        return new StoreFile(Path.Combine(folder.FullName, "state.db"), null);
    }

    private static FileStream TakeLock(string path)
    {
        try
        {
            return OpenPrivate(path + ".lock");
        }
        catch (IOException e) when (File.Exists(path + ".lock"))
        {
            throw new StoreUnavailableException(
                $"the store file {path} is in use by another process (it holds {path}.lock): stop that server first", e);
        }
    }

    // The store holds Secrets: only its owner may read it. SQLite gives its log the mode of the database file.
    private static FileStream OpenPrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
