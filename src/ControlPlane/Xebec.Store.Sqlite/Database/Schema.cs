using System.Globalization;

namespace Xebec.Store.Sqlite.Database;

/// <summary>
/// The tables. <c>event</c> is both the data and its history: the live entry of a key is its newest event, unless that is a deletion.
/// </summary>
internal static class Schema
{
    /// <summary>"Xebc": tells a store from any other SQLite file.</summary>
    public const int ApplicationId = 0x58656263;

    private static readonly Migration[] Migrations =
    [
        new(1, """
            CREATE TABLE event (
                revision INTEGER PRIMARY KEY,
                type INTEGER NOT NULL,
                create_revision INTEGER NOT NULL,
                previous_revision INTEGER NOT NULL,
                key TEXT NOT NULL,
                value BLOB NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX event_by_key ON event (key, revision);
            CREATE TABLE compaction (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                compacted_revision INTEGER NOT NULL,
                swept_revision INTEGER NOT NULL
            ) STRICT;
            INSERT INTO compaction VALUES (1, 0, 0);
            """),
    ];

    /// <summary>Brings a new or older file to the newest version; refuses a newer one or one that is no store.</summary>
    public static void Migrate(Connection connection, string file, TimeProvider timeProvider)
    {
        if (connection.QueryNumber("PRAGMA application_id"u8) != ApplicationId)
            CreateEmpty(connection, file);
        var version = connection.QueryNumber("SELECT max(version) FROM migration"u8);
        if (version > Migrations[^1].Version)
            throw new StoreUnavailableException($"the store file {file} was written by a newer release (schema version {version}, "
                + $"this one knows {Migrations[^1].Version}): start that release, or restore a backup made by this one");
        foreach (var migration in Migrations)
        {
            if (migration.Version > version)
                Apply(connection, migration, timeProvider.GetUtcNow());
        }
    }

    private static void CreateEmpty(Connection connection, string file)
    {
        if (connection.QueryNumber("SELECT count(*) FROM sqlite_schema"u8) > 0)
            throw new StoreUnavailableException($"{file} is an SQLite file but no Xebec store: give another path or move it away");
        connection.Execute($"""
            BEGIN IMMEDIATE;
            CREATE TABLE migration (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL) STRICT;
            PRAGMA application_id = {ApplicationId};
            COMMIT;
            """);
    }

    private static void Apply(Connection connection, Migration migration, DateTimeOffset now)
    {
        var appliedAt = now.ToString("O", CultureInfo.InvariantCulture);
        connection.Execute($"""
            BEGIN IMMEDIATE;
            {migration.Sql}
            INSERT INTO migration VALUES ({migration.Version}, '{appliedAt}');
            COMMIT;
            """);
    }
}
