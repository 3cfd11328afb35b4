using Microsoft.Extensions.Logging.Abstractions;

namespace Xebec.Store.Sqlite.Tests;

/// <summary>A folder of one test, gone after it.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("xebec-store-test-").FullName;

    public string StorePath => System.IO.Path.Combine(Path, "state.db");

    public Task<SqliteStore> OpenAsync(TimeProvider? timeProvider = null) => OpenAsync(StorePath, timeProvider);

    public static Task<SqliteStore> OpenAsync(string path, TimeProvider? timeProvider = null) => SqliteStore.OpenAsync(
        new SqliteStoreOptions { Path = path }, timeProvider ?? TimeProvider.System, NullLogger.Instance);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
