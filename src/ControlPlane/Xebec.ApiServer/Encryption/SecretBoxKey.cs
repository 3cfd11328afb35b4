using System.Security.Cryptography;

namespace Xebec.ApiServer.Encryption;

/// <summary>
/// The provider secretbox (XSalsa20-Poly1305, as NaCl has it), in upstream's layout: prefix, 24 random bytes of nonce, 16 of tag, ciphertext.
/// </summary>
internal sealed class SecretBoxKey(string name, byte[] secret) : EncryptionKey($"k8s:enc:secretbox:v1:{name}:")
{
    private const int NonceBytes = 24;
    private const int TagBytes = 16;

    // The first block of the key stream: half of it is the authenticator's key, the message begins in the other half.
    private const int KeyBytes = 32;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Encrypt(ReadOnlyMemory<byte> value, string storageKey)
    {
        var stored = new byte[Prefix.Length + NonceBytes + TagBytes + value.Length];
        Prefix.CopyTo(stored);
        var nonce = stored.AsSpan(Prefix.Length, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        Seal(nonce, value.Span, stored.AsSpan(Prefix.Length + NonceBytes));
        return stored;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Decrypt(ReadOnlyMemory<byte> stored, string storageKey)
    {
        var rest = stored.Span[Prefix.Length..];
        if (rest.Length < NonceBytes + TagBytes)
            throw new CryptographicException("the stored data was shorter than the required size");
        return Open(rest[..NonceBytes], rest[NonceBytes..]) ?? throw new CryptographicException("secretbox: message authentication failed");
    }

    /// <summary>Writes tag and ciphertext of a message.</summary>
    internal void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> message, Span<byte> box)
    {
        var padded = new byte[KeyBytes + message.Length];
        message.CopyTo(padded.AsSpan(KeyBytes));
        XSalsa20.Apply(secret, nonce, padded);
        padded.AsSpan(KeyBytes).CopyTo(box[TagBytes..]);
        Poly1305.Tag(padded.AsSpan(0, KeyBytes), box[TagBytes..], box[..TagBytes]);
        CryptographicOperations.ZeroMemory(padded);
    }

    /// <summary>The message of a box; null when it was not sealed with this key and nonce.</summary>
    internal byte[]? Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> box)
    {
        var padded = new byte[KeyBytes + box.Length - TagBytes];
        Span<byte> expected = stackalloc byte[TagBytes];
        XSalsa20.Apply(secret, nonce, padded.AsSpan(0, KeyBytes));
        Poly1305.Tag(padded.AsSpan(0, KeyBytes), box[TagBytes..], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, box[..TagBytes]))
            return null;
        padded.AsSpan(0, KeyBytes).Clear();
        box[TagBytes..].CopyTo(padded.AsSpan(KeyBytes));
        XSalsa20.Apply(secret, nonce, padded);
        return padded[KeyBytes..];
    }
}
