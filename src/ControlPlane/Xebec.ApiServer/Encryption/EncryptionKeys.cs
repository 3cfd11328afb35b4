using System.Security.Cryptography;

namespace Xebec.ApiServer.Encryption;

/// <summary>The keys of some resources, in their order: the first writes, all read. Immutable.</summary>
internal sealed class EncryptionKeys(IReadOnlyList<EncryptionKey> keys)
{
    /// <summary>The bytes to store.</summary>
    public ReadOnlyMemory<byte> Encrypt(ReadOnlyMemory<byte> value, string storageKey) => keys[0].Encrypt(value, storageKey);

    /// <summary>Whether the key that writes now has not written a stored value.</summary>
    public bool IsStale(ReadOnlySpan<byte> stored) => !keys[0].Wrote(stored);

    /// <summary>The plain bytes.</summary>
    /// <exception cref="CryptographicException">No key can read it; says why in upstream's words.</exception>
    public ReadOnlyMemory<byte> Decrypt(ReadOnlyMemory<byte> stored, string storageKey)
    {
        var failure = (CryptographicException?)null;
        foreach (var key in keys)
        {
            if (!key.Wrote(stored.Span))
                continue;
            try
            {
                return key.Decrypt(stored, storageKey);
            }
            catch (CryptographicException e)
            {
                failure = e;
            }
        }

        throw failure switch
        {
            null => new CryptographicException("no matching prefix found"),
            AuthenticationTagMismatchException => new CryptographicException("cipher: message authentication failed"),
            _ => failure,
        };
    }
}
