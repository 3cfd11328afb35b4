namespace Xebec.Store.Sqlite.Database;

/// <summary>The statements that take the schema from the version before to this one; once released they never change.</summary>
internal sealed record Migration(int Version, string Sql);
