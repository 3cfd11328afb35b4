using Microsoft.Extensions.Logging;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authentication.LegacyTokens;
using Xebec.ApiServer.Authorization;
using Xebec.ApiServer.Configuration;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.Registry.Authentication;
using Xebec.ApiServer.Registry.Authorization;
using Xebec.ApiServer.Registry.Core;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer;

/// <summary>Who asks, and may they: authentication and authorization put together, and the handlers that are about them.</summary>
internal sealed class AccessControl : IDisposable
{
    private readonly KubeApiServerOptions _options;
    private readonly ServiceAccountTokenKey? _key;
    private readonly TokenAuthenticator _tokens;
    private readonly UnionAuthorizer _union = new();
    private readonly ILoggerFactory _loggers;
    private volatile ITokenAuthenticator[] _kinds;
    private volatile IReadOnlyList<string> _modes = [];
    private readonly ResourceCatalog _catalog;
    private readonly CacheSet _caches;
    private readonly TimeProvider _time;

    public AccessControl(KubeApiServerOptions options, ResourceCatalog catalog, CacheSet caches, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _catalog, _caches, _time, _loggers) = (options, catalog, caches, time, loggers);
        var issuer = options.ServiceAccountIssuer;
        _key = options.ServiceAccountKey is { } key ? new ServiceAccountTokenKey(key) : null;
        var configuration = options.Authentication.ConfigFile is { } file ? AuthenticationConfiguration.Load(file, issuer) : null;
        _kinds = [.. AccessTable.Tokens(options, configuration, _key, catalog, time, loggers)];
        _tokens = new TokenAuthenticator(_kinds, issuer);
        var proxies = options.RequestHeaderAuthority is { } proxyAuthority
            ? new RequestHeaderIdentities(proxyAuthority, options.RequestHeaderAllowedNames, time)
            : null;
        Authenticator = new Authenticator(_tokens, new CertificateIdentities(options.ClientAuthority, time), proxies, Anonymous(configuration));
        Rbac = options.AllowEverything ? null : new RbacAuthorizer(catalog, caches);
        if (Rbac is not null)
            UseAuthorizers();
        Authorizer = Rbac is null ? new AlwaysAllow() : _union;
        Impersonation = new Impersonation(Authorizer);
    }

    public Authenticator Authenticator { get; }

    public Impersonation Impersonation { get; }

    public IAuthorizer Authorizer { get; }

    /// <summary>The part of the authorizer that knows roles; null when everything is allowed.</summary>
    public RbacAuthorizer? Rbac { get; }

    /// <summary>Registers the reviews and the token subresource.</summary>
    public void AddHandlers(SpecialHandlers special, ReadHandlers reads, ContentNegotiation negotiation)
    {
        var reviews = new AuthenticationReviewHandlers(_tokens, _caches, negotiation, _time);
        special.Add("authentication.k8s.io", "tokenreviews", "", reviews.ReviewTokenAsync, "create");
        special.Add("authentication.k8s.io", "selfsubjectreviews", "", reviews.ReviewSelfAsync, "create");
        var access = new AccessReviewHandlers(Authorizer, negotiation);
        special.Add("authorization.k8s.io", "subjectaccessreviews", "", access.ReviewSubjectAsync, "create");
        special.Add("authorization.k8s.io", "localsubjectaccessreviews", "", access.ReviewLocalAsync, "create");
        special.Add("authorization.k8s.io", "selfsubjectaccessreviews", "", access.ReviewSelfAsync, "create");
        special.Add("authorization.k8s.io", "selfsubjectrulesreviews", "", new RulesReviewHandler(Rbac, () => _modes, negotiation).ReviewAsync, "create");
        if (_key is null)
            return;
        var tokens = new TokenHandler(
            _key, _options.ServiceAccountIssuer, reads, _catalog, new NodeTokens(Authorizer, _catalog), negotiation, _time);
        special.Add("", "serviceaccounts", "token", tokens.CreateAsync, "create");
    }

    /// <summary>What keeps the tokens in Secrets, and looks after the configuration's files, until cancelled.</summary>
    public IEnumerable<Func<CancellationToken, Task>> Controllers(ResourceWriter writer, ResourceDeleter deleter)
    {
        if (_key is not null)
        {
            yield return new LegacyTokenController(
                _key, _options.AuthorityPem, writer, deleter, _catalog, _time, _loggers.CreateLogger<LegacyTokenController>()).RunAsync;
        }

        var logger = _loggers.CreateLogger<ConfigurationReload>();
        if (_options.Authentication.ConfigFile is { } tokens)
            yield return new ConfigurationReload("authentication", tokens, ReloadAuthentication, _options.Metrics, _time, logger).RunAsync;
        if (_options.Authorization.ConfigFile is { } rights && Rbac is not null)
            yield return new ConfigurationReload("authorization", rights, UseAuthorizers, _options.Metrics, _time, logger).RunAsync;
    }

    /// <summary>Reads the authentication configuration again and takes it over.</summary>
    /// <exception cref="ConfigurationException">It can't be used: nothing has changed.</exception>
    public void ReloadAuthentication()
    {
        var configuration = AuthenticationConfiguration.Load(_options.Authentication.ConfigFile!, _options.ServiceAccountIssuer);
        ITokenAuthenticator[] kinds = [.. AccessTable.Tokens(_options, configuration, _key, _catalog, _time, _loggers)];
        _kinds = kinds;
        _tokens.Use(kinds);
        Authenticator.Use(Anonymous(configuration));
    }

    /// <summary>Reads who authorizes (again) and asks them from now on.</summary>
    /// <exception cref="ConfigurationException">It can't be used: nothing has changed.</exception>
    public void UseAuthorizers()
    {
        var entries = AuthorizerEntry.Read(_options.Authorization);
        _union.Use(AccessTable.Authorizers(entries, Rbac!, _catalog, _time, _loggers));
        _modes = [.. entries.Select(e => e.Mode)];
    }

    private AnonymousRule Anonymous(AuthenticationConfiguration? configuration) =>
        configuration?.Anonymous ?? new AnonymousRule(_options.Authentication.AnonymousAuth, []);

    /// <summary>Closes the connections to others that are asked.</summary>
    public void Dispose()
    {
        foreach (var kind in _kinds.OfType<IDisposable>())
            kind.Dispose();
        (Authorizer as IDisposable)?.Dispose();
    }

    /// <summary>Registers the paths of OpenID discovery.</summary>
    public void AddPaths(NonResourceEndpoints others)
    {
        if (_key is null)
            return;
        const string KeySetPath = "/openid/v1/jwks";
        var origin = _options is { AdvertiseAddress: { } address, Listen: { } listen }
            ? $"https://{new System.Net.IPEndPoint(address, listen.Port)}"
            : _options.ServiceAccountIssuer;
        var discovery = new OpenIdEndpoints(_key, _options.ServiceAccountIssuer, origin + KeySetPath);
        others.Add("/.well-known/openid-configuration", discovery.ConfigurationAsync);
        others.Add(KeySetPath, discovery.KeysAsync);
    }
}
