namespace Xebec.ApiServer.Encryption;

/// <summary>What is encrypted in the store, and with which keys (kube-apiserver's --encryption-provider-config flags).</summary>
public sealed record EncryptionOptions
{
    /// <summary>The file (apiserver.config.k8s.io/v1 EncryptionConfiguration).</summary>
    public required string ConfigFile { get; init; }

    /// <summary>Look every minute whether the file has changed, and take it over.</summary>
    public bool AutomaticReload { get; init; }
}
