using System.Net;
using Xebec.ApiServer;
using Xebec.ComponentBase;
using Xebec.ComponentBase.Certificates;
using Xebec.ComponentBase.Kubeconfig;

namespace Xebec.Testing;

/// <content>The cluster for programs outside: a listener, made when it is first asked for.</content>
public sealed partial class TestCluster
{
    // The server judges it by the cluster's time, which tests may move by years.
    private static readonly TimeSpan IdentityLifetime = TimeSpan.FromDays(3650);
    private readonly Lazy<Uri> _listener;
    private string? _kubeconfigFolder;

    /// <summary>
    /// A kubeconfig's text, for the administrator. The first use makes certificates and opens a port of the loopback address that the
    /// kernel chooses.
    /// </summary>
    public string Kubeconfig => KubeconfigFor("kubernetes-admin", "system:masters");

    /// <summary>Path of a file with <see cref="Kubeconfig"/>, for kubectl and the like; it goes when the cluster is disposed.</summary>
    public string KubeconfigPath
    {
        get
        {
            lock (_listener)
            {
                _kubeconfigFolder ??= Directory.CreateTempSubdirectory("xebec-testing-").FullName;
                var path = Path.Combine(_kubeconfigFolder, "kubeconfig");
                if (!File.Exists(path))
                    PrivateFile.Write(path, Kubeconfig);
                return path;
            }
        }
    }

    /// <summary>A kubeconfig's text for a user with these groups, who is known by a client certificate.</summary>
    public string KubeconfigFor(string user, params string[] groups)
    {
        var server = _listener.Value;
        var profile = new CertificateProfile(user) { IsClient = true, Organizations = groups, Lifetime = IdentityLifetime };
        var identity = _certificates.Get($"user {user} {string.Join(' ', groups)}", profile).Current;
        var authority = _certificates.Authority.Root.CertificatePem;
        return KubeconfigText.Write(new KubeconfigEntry("xebec-testing", server, authority, identity.CertificatePem, identity.KeyPem));
    }

    private Uri Listen()
    {
        var listener = new KubeApiServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            ServingCertificate = _certificates.Get("apiserver", ClusterProfiles.ApiServer([], [])),
            ClientAuthority = _certificates.Authority.Root.Certificate,
        };
        Task.Run(() => _server.ListenAsync(listener)).GetAwaiter().GetResult();
        return _server.Address!;
    }

    private void RemoveKubeconfigFile()
    {
        if (_kubeconfigFolder is { } folder)
            Directory.Delete(folder, recursive: true);
    }
}
