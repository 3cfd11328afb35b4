namespace Xebec.ApiServer.Authentication;

/// <summary>Who is believed besides client certificates, service accounts and bootstrap tokens; the names are kube-apiserver's flags.</summary>
public sealed record AuthenticationOptions
{
    /// <summary>Serve requests without credentials as system:anonymous (--anonymous-auth).</summary>
    public bool AnonymousAuth { get; init; } = true;

    /// <summary>A file of static bearer tokens (--token-auth-file); null for none.</summary>
    public string? TokenAuthFile { get; init; }

    /// <summary>Issuers of JWTs and who may be anonymous (--authentication-config, AuthenticationConfiguration); null for none.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>A kubeconfig that leads to a webhook for tokens (--authentication-token-webhook-config-file); null for none.</summary>
    public string? TokenWebhookConfigFile { get; init; }

    /// <summary>How long the webhook's answers count (--authentication-token-webhook-cache-ttl).</summary>
    public TimeSpan TokenWebhookCacheTtl { get; init; } = TimeSpan.FromMinutes(2);
}
