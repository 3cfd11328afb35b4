using System.Security.Cryptography;
using System.Text;

namespace Xebec.ApiServer.Encryption;

/// <summary>
/// The provider aesgcm, in upstream's layout: prefix, 12 random bytes of nonce, ciphertext, 16 bytes of tag; the store's key is
/// authenticated with it.
/// </summary>
internal sealed class AesGcmKey(string name, byte[] secret) : EncryptionKey($"k8s:enc:aesgcm:v1:{name}:")
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Encrypt(ReadOnlyMemory<byte> value, string storageKey)
    {
        var stored = new byte[Prefix.Length + NonceBytes + value.Length + TagBytes];
        Prefix.CopyTo(stored);
        var nonce = stored.AsSpan(Prefix.Length, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Encrypt(
            nonce, value.Span, stored.AsSpan(Prefix.Length + NonceBytes, value.Length), stored.AsSpan(stored.Length - TagBytes),
            Encoding.UTF8.GetBytes(storageKey));
        return stored;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Decrypt(ReadOnlyMemory<byte> stored, string storageKey)
    {
        var rest = stored.Span[Prefix.Length..];
        if (rest.Length < NonceBytes + TagBytes)
            throw new CryptographicException("the stored data was shorter than the required size");
        var value = new byte[rest.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Decrypt(rest[..NonceBytes], rest[NonceBytes..^TagBytes], rest[^TagBytes..], value, Encoding.UTF8.GetBytes(storageKey));
        return value;
    }
}
