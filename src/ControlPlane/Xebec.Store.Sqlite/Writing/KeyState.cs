namespace Xebec.Store.Sqlite.Writing;

/// <summary>What the writer knows of a key: the revisions that last changed and created it; all zero when it does not exist.</summary>
internal readonly record struct KeyState(long ModRevision, long CreateRevision)
{
    public bool Exists => ModRevision != 0;

    /// <summary>Whether a write of a kind, expecting a revision, may go ahead on the key.</summary>
    public bool Allows(WriteKind kind, long expectedModRevision) => kind switch
    {
        WriteKind.Create => !Exists,
        WriteKind.Update => Exists && ModRevision == expectedModRevision,
        WriteKind.Delete => Exists && (expectedModRevision == 0 || ModRevision == expectedModRevision),
        _ => false,
    };
}
