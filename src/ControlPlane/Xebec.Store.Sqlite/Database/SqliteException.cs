namespace Xebec.Store.Sqlite.Database;

/// <summary>A result code of SQLite that ends what was asked for.</summary>
internal sealed class SqliteException(int resultCode, string message) : Exception($"SQLite error {resultCode}: {message}")
{
    /// <summary>The extended result code.</summary>
    public int ResultCode { get; } = resultCode;

    /// <summary>The primary result code: the low byte of the extended one.</summary>
    public int PrimaryCode => ResultCode & 0xFF;
}
