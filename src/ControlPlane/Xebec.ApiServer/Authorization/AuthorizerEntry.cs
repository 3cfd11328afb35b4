using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Authorization;

/// <summary>One authorizer that a server is to have.</summary>
/// <param name="Mode">Node, RBAC, Webhook, AlwaysAllow or AlwaysDeny.</param>
/// <param name="Webhook">The webhook, of mode Webhook.</param>
internal sealed record AuthorizerEntry(string Mode, WebhookAuthorizerSettings? Webhook)
{
    private static readonly string[] Modes = ["Node", "RBAC", "Webhook", "AlwaysAllow", "AlwaysDeny"];

    /// <summary>The authorizers in their order, from the file or the modes.</summary>
    /// <exception cref="ConfigurationException">The file can't be used.</exception>
    /// <exception cref="ArgumentException">A mode is unknown or there twice, or Webhook has no file.</exception>
    public static IReadOnlyList<AuthorizerEntry> Read(AuthorizationOptions options) =>
        options.ConfigFile is { } path ? ReadFile(path) : [.. ReadModes(options)];

    private static IEnumerable<AuthorizerEntry> ReadModes(AuthorizationOptions options)
    {
        if (options.Modes.Count == 0)
            throw new ArgumentException("at least one authorization-mode must be passed");
        foreach (var mode in options.Modes)
        {
            if (!Modes.Contains(mode))
                throw new ArgumentException($"authorization-mode \"{mode}\" is not a valid mode");
            if (options.Modes.Count(m => m == mode) > 1)
                throw new ArgumentException($"authorization-mode \"{mode}\" is specified more than once");
            yield return new AuthorizerEntry(mode, mode != "Webhook" ? null : new WebhookAuthorizerSettings
            {
                KubeconfigFile = options.WebhookConfigFile
                    ?? throw new ArgumentException("authorization-mode Webhook's authorization config file not passed"),
                AuthorizedTtl = options.WebhookAuthorizedTtl,
                UnauthorizedTtl = options.WebhookUnauthorizedTtl,
            });
        }
    }

    private static AuthorizerEntry[] ReadFile(string path)
    {
        var tree = ConfigurationFile.Read(path, "config/v1.AuthorizationConfiguration", "apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1beta1");
        var entries = ConfigurationFile.Objects(tree, "authorizers");
        if (entries.Length == 0)
            throw new ConfigurationException(path, "authorizers: at least one authorization mode must be defined");
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. entries.Select((entry, i) =>
        {
            var (at, type, name) = ($"authorizers[{i}]", entry.GetString("type") ?? "", entry.GetString("name") ?? "");
            if (!Modes.Contains(type))
                throw new ConfigurationException(path, $"{at}.type: \"{type}\": supported values: {string.Join(", ", Modes)}");
            if (name.Length == 0 || !names.Add(name))
                throw new ConfigurationException(path, $"{at}.name: \"{name}\": is required, and may be there only once");
            if ((type == "Webhook") != (entry.GetObject("webhook") is not null))
                throw new ConfigurationException(path, $"{at}.webhook: is required for type Webhook, and may not be there for others");
            if (type != "Webhook" && entries.Count(e => e.GetString("type") == type) > 1)
                throw new ConfigurationException(path, $"{at}.type: \"{type}\" may be there only once");
            return new AuthorizerEntry(type, type == "Webhook" ? WebhookAuthorizerSettings.Read(path, $"{at}.webhook", entry.GetObject("webhook")!) : null);
        })];
    }
}
