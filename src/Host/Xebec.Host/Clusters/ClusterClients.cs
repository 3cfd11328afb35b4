using Xebec.Client;
using Xebec.ComponentBase.Certificates;

namespace Xebec.Host.Clusters;

/// <summary>Clients of the API server, each with a client certificate of its own, as upstream's components have.</summary>
internal static class ClusterClients
{
    /// <summary>The certificate is kept under the file name below pki/, renewed by itself, and asked for at each handshake.</summary>
    public static ApiClient Connect(
        Uri server, ClusterCertificates certificates, string fileName, CertificateProfile profile, string userAgent, TimeProvider timeProvider)
    {
        var certificate = certificates.Get(fileName, profile);
        var options = new ApiClientOptions
        {
            BaseAddress = server,
            CertificateAuthorities = [certificates.Authority.Root.Certificate],
            ClientCertificate = () => certificate.Current.Certificate,
            UserAgent = userAgent,
        };
        return ApiClient.Connect(options, timeProvider);
    }

    /// <summary>The command line's own client: the cluster's administrator.</summary>
    public static ApiClient ConnectAdmin(Uri server, ClusterCertificates certificates, TimeProvider timeProvider) =>
        Connect(server, certificates, "admin", ClusterProfiles.Admin, "xebec", timeProvider);
}
