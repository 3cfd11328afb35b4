namespace Xebec.Store;

/// <summary>What a revision did to its key.</summary>
public enum StoreEventType
{
    /// <summary>The key did not exist before.</summary>
    Created,

    /// <summary>The key got a new value.</summary>
    Updated,

    /// <summary>The key is gone.</summary>
    Deleted,
}
