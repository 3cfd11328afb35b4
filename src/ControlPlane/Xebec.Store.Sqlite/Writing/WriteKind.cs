namespace Xebec.Store.Sqlite.Writing;

/// <summary>What the writer is asked to do.</summary>
internal enum WriteKind
{
    Create,
    Update,
    Delete,
    Compact,
}
