namespace Xebec.ComponentBase.Kubeconfig;

/// <summary>What a kubeconfig says of one cluster: a cluster, a user and a context, all of one name.</summary>
/// <param name="Name">Name of the cluster, the user and the context.</param>
/// <param name="Server">The API server's URL.</param>
/// <param name="CertificateAuthorityPem">The authority that the server's certificate is checked against.</param>
/// <param name="ClientCertificatePem">The user's certificate.</param>
/// <param name="ClientKeyPem">The user's private key.</param>
public sealed record KubeconfigEntry(
    string Name, Uri Server, string CertificateAuthorityPem, string ClientCertificatePem, string ClientKeyPem);
