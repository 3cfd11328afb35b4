namespace Xebec.ApiServer.Authorization;

/// <summary>Who decides what is allowed; the names are kube-apiserver's flags.</summary>
public sealed record AuthorizationOptions
{
    /// <summary>The authorizers, asked in this order (--authorization-mode): Node, RBAC, Webhook, AlwaysAllow, AlwaysDeny.</summary>
    public IReadOnlyList<string> Modes { get; init; } = ["Node", "RBAC"];

    /// <summary>A file that lists the authorizers instead (--authorization-config, AuthorizationConfiguration); null for none.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>A kubeconfig that leads to the webhook of the mode Webhook (--authorization-webhook-config-file).</summary>
    public string? WebhookConfigFile { get; init; }

    /// <summary>How long that webhook's yes counts (--authorization-webhook-cache-authorized-ttl).</summary>
    public TimeSpan WebhookAuthorizedTtl { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long that webhook's no counts (--authorization-webhook-cache-unauthorized-ttl).</summary>
    public TimeSpan WebhookUnauthorizedTtl { get; init; } = TimeSpan.FromSeconds(30);
}
