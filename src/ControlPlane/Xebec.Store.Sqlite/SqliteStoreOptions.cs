namespace Xebec.Store.Sqlite;

/// <summary>Where an embedded store lives and how much history it keeps.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The database file, made when missing; null for a store that ends with the process (no fsync, no file left).</summary>
    public string? Path { get; init; }

    /// <summary>How long superseded revisions stay readable; about five minutes, as etcd does below the API server.</summary>
    public TimeSpan HistoryRetention { get; init; } = TimeSpan.FromMinutes(5);
}
