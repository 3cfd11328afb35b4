using System.Security.Cryptography;

namespace Xebec.ApiServer.Encryption;

/// <summary>The provider aescbc, in upstream's layout: prefix, 16 random bytes of initialization vector, ciphertext padded by PKCS #7.</summary>
internal sealed class AesCbcKey(string name, byte[] secret) : EncryptionKey($"k8s:enc:aescbc:v1:{name}:")
{
    private const int BlockBytes = 16;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Encrypt(ReadOnlyMemory<byte> value, string storageKey)
    {
        using var cipher = Aes.Create();
        cipher.Key = secret;
        var stored = new byte[Prefix.Length + BlockBytes + cipher.GetCiphertextLengthCbc(value.Length)];
        Prefix.CopyTo(stored);
        var start = stored.AsSpan(Prefix.Length, BlockBytes);
        RandomNumberGenerator.Fill(start);
        cipher.EncryptCbc(value.Span, start, stored.AsSpan(Prefix.Length + BlockBytes));
        return stored;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Decrypt(ReadOnlyMemory<byte> stored, string storageKey)
    {
        var rest = stored.Span[Prefix.Length..];
        if (rest.Length < BlockBytes)
            throw new CryptographicException("the stored data was shorter than the required size");
        using var cipher = Aes.Create();
        cipher.Key = secret;
        return cipher.DecryptCbc(rest[BlockBytes..], rest[..BlockBytes]);
    }
}
