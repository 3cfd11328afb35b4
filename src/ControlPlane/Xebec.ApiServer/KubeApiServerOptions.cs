using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xebec.ApiServer.Audit;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Encryption;
using Xebec.ComponentBase.Certificates;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer;

/// <summary>What an API server is made with.</summary>
public sealed record KubeApiServerOptions
{
    /// <summary>Where to listen for HTTPS; null serves in-process clients only. Port 0 picks a free one.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>The serving certificate; needed to listen.</summary>
    public RenewingCertificate? ServingCertificate { get; init; }

    /// <summary>Client certificates signed by it are believed; needed to listen.</summary>
    public X509Certificate2? ClientAuthority { get; init; }

    /// <summary>The CA in PEM, as pods get it.</summary>
    public string AuthorityPem { get; init; } = "";

    /// <summary>The key that signs service-account tokens; null serves without them.</summary>
    public ECDsa? ServiceAccountKey { get; init; }

    /// <summary>The issuer of service-account tokens.</summary>
    public string ServiceAccountIssuer { get; init; } = "https://kubernetes.default.svc.cluster.local";

    /// <summary>The range of ClusterIPs.</summary>
    public IPNetwork ServiceNetwork { get; init; } = IPNetwork.Parse("10.96.0.0/16");

    /// <summary>The lowest node port.</summary>
    public int NodePortFirst { get; init; } = 30000;

    /// <summary>The highest node port.</summary>
    public int NodePortLast { get; init; } = 32767;

    /// <summary>The address the kubernetes Service leads to; null: the first address listened on.</summary>
    public IPAddress? AdvertiseAddress { get; init; }

    /// <summary>The certificate shown to kubelets; null: logs and exec are not served.</summary>
    public RenewingCertificate? KubeletClientCertificate { get; init; }

    /// <summary>Proxies with a client certificate of this CA are believed when they name users in headers; null: none are.</summary>
    public X509Certificate2? RequestHeaderAuthority { get; init; }

    /// <summary>The common names that such a certificate may have; none for any.</summary>
    public IReadOnlyList<string> RequestHeaderAllowedNames { get; init; } = [];

    /// <summary>The certificate shown to webhooks and extension servers (upstream's --proxy-client-cert-file); null shows none.</summary>
    public RenewingCertificate? ProxyClientCertificate { get; init; }

    /// <summary>Limits and time-outs.</summary>
    public ServingOptions Serving { get; init; } = new();

    /// <summary>Admission plugins to run besides those that run anyway (upstream's --enable-admission-plugins); unknown names are refused.</summary>
    public IReadOnlyList<string> EnableAdmissionPlugins { get; init; } = [];

    /// <summary>Admission plugins not to run (upstream's --disable-admission-plugins); unknown names are refused.</summary>
    public IReadOnlyList<string> DisableAdmissionPlugins { get; init; } = [];

    /// <summary>What /metrics shows.</summary>
    public MetricsRegistry Metrics { get; init; } = new();

    /// <summary>Who is believed besides client certificates, service accounts and bootstrap tokens.</summary>
    public AuthenticationOptions Authentication { get; init; } = new();

    /// <summary>Who decides what is allowed.</summary>
    public AuthorizationOptions Authorization { get; init; } = new();

    /// <summary>What is encrypted in the store; null for nothing.</summary>
    public EncryptionOptions? Encryption { get; init; }

    /// <summary>What is recorded of requests; null for nothing.</summary>
    public AuditOptions? Audit { get; init; }

    /// <summary>Everybody may do everything (upstream's AlwaysAllow), for tests about something else; RBAC otherwise.</summary>
    public bool AllowEverything { get; init; }
}
