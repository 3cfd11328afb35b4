using System.Text;

namespace Xebec.ApiServer.Encryption;

/// <summary>One way to keep a value: a provider with one of its keys. What it has written begins with its prefix. Safe for many threads.</summary>
internal abstract class EncryptionKey(string prefix)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(prefix);

    protected ReadOnlySpan<byte> Prefix => _prefix;

    /// <summary>Whether it has written a stored value.</summary>
    public virtual bool Wrote(ReadOnlySpan<byte> stored) => stored.StartsWith(_prefix);

    /// <summary>The bytes to store.</summary>
    /// <param name="value">The plain bytes.</param>
    /// <param name="storageKey">The store's key, which ties the bytes to their place.</param>
    public abstract ReadOnlyMemory<byte> Encrypt(ReadOnlyMemory<byte> value, string storageKey);

    /// <summary>The plain bytes of a value that it has written.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It was not written with this key, at this place, or was changed.</exception>
    public abstract ReadOnlyMemory<byte> Decrypt(ReadOnlyMemory<byte> stored, string storageKey);
}
