using Microsoft.Extensions.Logging;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authentication.Jwt;
using Xebec.ApiServer.Authentication.LegacyTokens;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Configuration;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry.Rbac;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer;

/// <summary>Every kind of token that is believed and every authorizer, in the order they are asked.</summary>
internal static class AccessTable
{
    private static readonly TimeSpan TokenWebhookTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeyFetchTimeout = TimeSpan.FromSeconds(30);

    private const int MaximumKeySetBytes = 4 * 1024 * 1024;

    /// <summary>The kinds of tokens.</summary>
    public static IEnumerable<ITokenAuthenticator> Tokens(
        KubeApiServerOptions options, AuthenticationConfiguration? configuration, ServiceAccountTokenKey? key, ResourceCatalog catalog, TimeProvider time,
        ILoggerFactory loggers)
    {
        var access = options.Authentication;
        if (access.TokenAuthFile is { } tokenFile)
            yield return StaticTokenAuthenticator.Load(tokenFile);
        if (key is not null)
        {
            yield return new ServiceAccountAuthenticator(key, options.ServiceAccountIssuer, catalog, time);
            yield return new LegacyTokenAuthenticator(key, catalog, time);
        }

        yield return new BootstrapTokenAuthenticator(catalog, time);
        foreach (var issuer in configuration?.Issuers ?? [])
        {
            var keys = new IssuerKeys(issuer.Issuer, Client(issuer.Issuer, access.ConfigFile ?? "", time), time, loggers.CreateLogger<IssuerKeys>());
            yield return new JwtAuthenticator(issuer, keys, time, loggers.CreateLogger<JwtAuthenticator>());
        }

        if (access.TokenWebhookConfigFile is { } webhook)
        {
            yield return new WebhookTokenAuthenticator(
                new KubeconfigClient(KubeconfigTarget.Load(webhook), TokenWebhookTimeout, time), access.TokenWebhookCacheTtl, time,
                loggers.CreateLogger<WebhookTokenAuthenticator>());
        }
    }

    /// <summary>The authorizers, after the one of the masters' group; RBAC is given when it is one of them.</summary>
    public static IReadOnlyList<IAuthorizer> Authorizers(
        IEnumerable<AuthorizerEntry> entries, RbacAuthorizer rbac, ResourceCatalog catalog, TimeProvider time, ILoggerFactory loggers) =>
        [new MastersAuthorizer(), .. entries.Select(entry => Create(entry, rbac, catalog, time, loggers))];

    private static IAuthorizer Create(AuthorizerEntry entry, RbacAuthorizer rbac, ResourceCatalog catalog, TimeProvider time, ILoggerFactory loggers) =>
        entry.Mode switch
        {
            "Node" => new NodeAuthorizer(new NodeGraph(catalog), BootstrapPolicy.Default.RulesOf("system:node")),
            "RBAC" => rbac,
            "Webhook" => new WebhookAuthorizer(
                entry.Webhook!, new KubeconfigClient(KubeconfigTarget.Load(entry.Webhook!.KubeconfigFile), entry.Webhook.Timeout, time), time,
                loggers.CreateLogger<WebhookAuthorizer>()),
            "AlwaysAllow" => new AlwaysAllow(),
            _ => new AlwaysDeny(),
        };

    private static WebhookTrust Trust(JwtIssuer issuer, string file, TimeProvider time)
    {
        try
        {
            return new WebhookTrust(issuer.CaBundle, time);
        }
        catch (WebhookCallException e)
        {
            throw new ConfigurationException(file, $"certificateAuthority: {e.Message}", e);
        }
    }

    private static HttpClient Client(JwtIssuer issuer, string file, TimeProvider time)
    {
        var trust = Trust(issuer, file, time);
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
            trust.Check(((System.Net.Security.SslStream)sender).TargetHostName, certificate, chain, errors);
        return new HttpClient(handler) { Timeout = KeyFetchTimeout, MaxResponseContentBufferSize = MaximumKeySetBytes };
    }
}
