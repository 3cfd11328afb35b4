using System.Globalization;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiServer;
using Xebec.ApiServer.Audit;
using Xebec.ApiServer.Encryption;

namespace Xebec.Host.Clusters;

/// <summary>What kube-apiserver's flags, given by name, make of a server's options. Pure.</summary>
internal static class ApiServerSettings
{
    private static readonly AuditOptions AuditDefaults = new() { PolicyFile = "", LogPath = "" };

    /// <exception cref="HostException">A value is wrong, or a flag misses another.</exception>
    public static KubeApiServerOptions Apply(KubeApiServerOptions options, IReadOnlyDictionary<string, string> flags) => options with
    {
        Authentication = options.Authentication with
        {
            AnonymousAuth = Flag(flags, "anonymous-auth", true),
            TokenAuthFile = flags.GetValueOrDefault("token-auth-file"),
            ConfigFile = flags.GetValueOrDefault("authentication-config"),
            TokenWebhookConfigFile = flags.GetValueOrDefault("authentication-token-webhook-config-file"),
            TokenWebhookCacheTtl = Duration(flags, "authentication-token-webhook-cache-ttl", options.Authentication.TokenWebhookCacheTtl),
        },
        Authorization = options.Authorization with
        {
            Modes = flags.ContainsKey("authorization-mode") ? Names(flags, "authorization-mode") : options.Authorization.Modes,
            ConfigFile = flags.GetValueOrDefault("authorization-config"),
            WebhookConfigFile = flags.GetValueOrDefault("authorization-webhook-config-file"),
            WebhookAuthorizedTtl = Duration(flags, "authorization-webhook-cache-authorized-ttl", options.Authorization.WebhookAuthorizedTtl),
            WebhookUnauthorizedTtl = Duration(flags, "authorization-webhook-cache-unauthorized-ttl", options.Authorization.WebhookUnauthorizedTtl),
        },
        Audit = Audit(flags),
        Encryption = flags.TryGetValue("encryption-provider-config", out var file)
            ? new EncryptionOptions { ConfigFile = file, AutomaticReload = Flag(flags, "encryption-provider-config-automatic-reload", false) }
            : null,
        EnableAdmissionPlugins = Names(flags, "enable-admission-plugins"),
        DisableAdmissionPlugins = Names(flags, "disable-admission-plugins"),
    };

    private static AuditOptions? Audit(IReadOnlyDictionary<string, string> flags)
    {
        var (policy, path) = (flags.GetValueOrDefault("audit-policy-file"), flags.GetValueOrDefault("audit-log-path"));
        if (policy is null != path is null)
            throw new HostException("--audit-policy-file and --audit-log-path go together");
        return policy is null ? null : AuditDefaults with
        {
            PolicyFile = policy,
            LogPath = path!,
            MaximumAgeDays = Number(flags, "audit-log-maxage", AuditDefaults.MaximumAgeDays),
            MaximumBackups = Number(flags, "audit-log-maxbackup", AuditDefaults.MaximumBackups),
            MaximumMegabytes = Number(flags, "audit-log-maxsize", AuditDefaults.MaximumMegabytes),
        };
    }

    private static string[] Names(IReadOnlyDictionary<string, string> flags, string name) =>
        flags.TryGetValue(name, out var text) ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    private static bool Flag(IReadOnlyDictionary<string, string> flags, string name, bool usual) => flags.GetValueOrDefault(name) switch
    {
        null => usual,
        "true" => true,
        "false" => false,
        var other => throw new HostException($"--{name} {other}: true or false is needed"),
    };

    private static int Number(IReadOnlyDictionary<string, string> flags, string name, int usual)
    {
        if (!flags.TryGetValue(name, out var text))
            return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new HostException($"--{name} {text}: a whole number is needed");
    }

    private static TimeSpan Duration(IReadOnlyDictionary<string, string> flags, string name, TimeSpan usual)
    {
        if (!flags.TryGetValue(name, out var text))
            return usual;
        return GoDuration.TryParse(text, out var nanoseconds) && nanoseconds >= 0
            ? GoDuration.ToTimeSpan(nanoseconds)
            : throw new HostException($"--{name} {text}: a duration such as 30s or 2m is needed");
    }
}
