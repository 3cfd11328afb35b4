namespace Xebec.Store;

/// <summary>The store can't take a write or answer a read now (disk full, I/O error, closed); what was acknowledged stays.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates it with what went wrong and what to do about it.</summary>
    public StoreUnavailableException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
