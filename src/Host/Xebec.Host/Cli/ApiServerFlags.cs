using System.CommandLine;

namespace Xebec.Host.Cli;

/// <summary>kube-apiserver's own flags, by its names; what they mean is in <see cref="Clusters.ApiServerSettings"/>.</summary>
internal sealed class ApiServerFlags
{
    private static readonly (string Name, string Value, string Description)[] Table =
    [
        ("anonymous-auth", "BOOL", "Serve requests without credentials as system:anonymous (default: true)"),
        ("token-auth-file", "FILE", "Static bearer tokens: lines of token,user,uid,\"group1,group2\""),
        ("authentication-config", "FILE", "Issuers of JWTs, and who may be anonymous (AuthenticationConfiguration)"),
        ("authentication-token-webhook-config-file", "FILE", "Kubeconfig of a webhook that is asked about bearer tokens"),
        ("authentication-token-webhook-cache-ttl", "DURATION", "How long its answers count (default: 2m)"),
        ("authorization-mode", "MODES", "Authorizers in order: Node,RBAC,Webhook,AlwaysAllow,AlwaysDeny (default: Node,RBAC)"),
        ("authorization-config", "FILE", "Authorizers in order (AuthorizationConfiguration), instead of --authorization-mode"),
        ("authorization-webhook-config-file", "FILE", "Kubeconfig of the webhook of the mode Webhook"),
        ("authorization-webhook-cache-authorized-ttl", "DURATION", "How long its yes counts (default: 5m)"),
        ("authorization-webhook-cache-unauthorized-ttl", "DURATION", "How long its no counts (default: 30s)"),
        ("audit-policy-file", "FILE", "What is recorded of requests (audit.k8s.io/v1 Policy)"),
        ("audit-log-path", "FILE", "Where requests are recorded, one JSON object a line; - for standard output"),
        ("audit-log-maxage", "DAYS", "Days that old audit files are kept (default: 366)"),
        ("audit-log-maxbackup", "COUNT", "Old audit files that are kept (default: 100)"),
        ("audit-log-maxsize", "MIB", "Size at which an audit file is put aside (default: 100)"),
        ("encryption-provider-config", "FILE", "What is encrypted in the store, and with which keys (EncryptionConfiguration)"),
        ("encryption-provider-config-automatic-reload", "BOOL", "Take changes of that file over while running (default: false)"),
        ("enable-admission-plugins", "NAMES", "Admission plugins to run besides those that run by default"),
        ("disable-admission-plugins", "NAMES", "Admission plugins that run by default and are not to"),
    ];

    private readonly Dictionary<string, Option<string?>> _options;

    /// <param name="hidden">Left out of the command's help.</param>
    public ApiServerFlags(bool hidden = false) => _options = Table.ToDictionary(
        flag => flag.Name,
        flag => new Option<string?>($"--{flag.Name}") { HelpName = flag.Value, Description = flag.Description, Hidden = hidden });

    public void AddTo(Command command)
    {
        foreach (var option in _options.Values) command.Options.Add(option);
    }

    /// <summary>The values given, by the flags' names.</summary>
    public Dictionary<string, string> Read(ParseResult result) => _options
        .Select(flag => (flag.Key, Value: result.GetValue(flag.Value))).Where(flag => flag.Value is not null)
        .ToDictionary(flag => flag.Key, flag => flag.Value!, StringComparer.Ordinal);
}
