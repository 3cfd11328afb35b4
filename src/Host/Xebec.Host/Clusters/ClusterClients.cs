using Xebec.ApiServer;
using Xebec.ApiServer.Authentication;
using Xebec.Client;
using Xebec.ComponentBase.Certificates;

namespace Xebec.Host.Clusters;

/// <summary>
/// Clients of the API server, each as the user that upstream's component is: within the process when the server runs here, else
/// over HTTPS with a client certificate.
/// </summary>
internal sealed class ClusterClients(Uri server, ClusterCertificates certificates, InProcessParts inProcess, TimeProvider timeProvider)
{
    /// <summary>A client as the profile's user; its certificate, when one is needed, is kept under the file name below pki/.</summary>
    public ApiClient Connect(string fileName, CertificateProfile profile, string userAgent) =>
        inProcess.ApiServer is { } local ? ConnectInProcess(local, profile, userAgent) : ConnectRemote(fileName, profile, userAgent);

    /// <summary>A client over HTTPS, wherever the server runs.</summary>
    public ApiClient ConnectRemote(string fileName, CertificateProfile profile, string userAgent)
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

    private ApiClient ConnectInProcess(KubeApiServer local, CertificateProfile profile, string userAgent)
    {
        var user = new UserInfo(profile.CommonName, [.. profile.Organizations, "system:authenticated"]);
        var options = new ApiClientOptions { BaseAddress = new Uri("http://kubernetes.default.svc"), UserAgent = userAgent };
        return new ApiClient(new HttpMessageInvoker(local.InProcess(user)), options, timeProvider);
    }
}
