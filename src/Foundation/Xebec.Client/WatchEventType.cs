namespace Xebec.Client;

/// <summary>What a watch event tells.</summary>
public enum WatchEventType
{
    /// <summary>ADDED: the object exists now.</summary>
    Added,

    /// <summary>MODIFIED: the object changed.</summary>
    Modified,

    /// <summary>DELETED: the object is gone; carries its last state.</summary>
    Deleted,

    /// <summary>BOOKMARK: everything up to the object's resourceVersion has been sent.</summary>
    Bookmark,

    /// <summary>ERROR: carries a Status; the watch ends.</summary>
    Error,
}
