namespace Xebec.ApiServer.Encryption;

/// <summary>The provider identity: values are kept as they are.</summary>
internal sealed class IdentityKey() : EncryptionKey("")
{
    /// <summary>How every encrypted value begins.</summary>
    public static ReadOnlySpan<byte> EncryptedPrefix => "k8s:enc:"u8;

    /// <inheritdoc/>
    public override bool Wrote(ReadOnlySpan<byte> stored) => !stored.StartsWith(EncryptedPrefix);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Encrypt(ReadOnlyMemory<byte> value, string storageKey) => value;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Decrypt(ReadOnlyMemory<byte> stored, string storageKey) => stored;
}
