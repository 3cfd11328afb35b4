namespace Xebec.ApiServer.Registry;

/// <summary>What a delete makes of an object.</summary>
internal enum DeletionOutcome
{
    /// <summary>It is being deleted already and nothing about that changes.</summary>
    Unchanged,

    /// <summary>It stays, marked as being deleted.</summary>
    Marked,

    /// <summary>Nothing holds it back: it goes.</summary>
    Removed,
}
