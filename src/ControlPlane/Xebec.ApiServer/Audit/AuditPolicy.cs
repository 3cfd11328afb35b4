using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Configuration;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Audit;

/// <summary>An audit policy (audit.k8s.io/v1 Policy): the first rule that is about a request decides. Immutable.</summary>
internal sealed class AuditPolicy
{
    private readonly AuditRule[] _rules;

    private AuditPolicy(AuditRule[] rules) => _rules = rules;

    /// <summary>Reads a policy file.</summary>
    /// <exception cref="ConfigurationException">It is no policy.</exception>
    public static AuditPolicy Load(string path)
    {
        var tree = ConfigurationFile.Read(path, "audit/v1.Policy", "audit.k8s.io/v1");
        var rules = ConfigurationFile.Objects(tree, "rules");
        if (rules.Length == 0)
            throw new ConfigurationException(path, "loaded illegal policy with 0 rules");
        var omitted = Stages(path, "omitStages", ConfigurationFile.Texts(tree, "omitStages"));
        var omitManagedFields = tree["omitManagedFields"]?.AsBool() == true;
        return new AuditPolicy([.. rules.Select((rule, at) => ReadRule(path, $"rules[{at}]", rule, omitted, omitManagedFields))]);
    }

    /// <summary>What is recorded of a request; nothing when no rule is about it.</summary>
    public AuditDecision Decide(RequestInfo info, UserInfo? user)
    {
        foreach (var rule in _rules)
        {
            if (rule.Matches(info, user))
                return rule.Decision;
        }

        return default;
    }

    private static AuditRule ReadRule(string path, string at, ObjectValue rule, AuditStages omitted, bool omitManagedFields)
    {
        var read = new AuditRule
        {
            Decision = new AuditDecision(
                Level(path, at, rule.GetString("level") ?? ""), omitted | Stages(path, $"{at}.omitStages", ConfigurationFile.Texts(rule, "omitStages")),
                rule["omitManagedFields"]?.AsBool() ?? omitManagedFields),
            Users = ConfigurationFile.Texts(rule, "users"),
            UserGroups = ConfigurationFile.Texts(rule, "userGroups"),
            Verbs = ConfigurationFile.Texts(rule, "verbs"),
            Namespaces = ConfigurationFile.Texts(rule, "namespaces"),
            Resources = [.. ConfigurationFile.Objects(rule, "resources").Select(r => ReadResources(path, at, r))],
            Paths = ConfigurationFile.Texts(rule, "nonResourceURLs"),
        };
        if (read.Paths.Length > 0 && (read.Resources.Length > 0 || read.Namespaces.Length > 0))
            throw new ConfigurationException(path, $"{at}.nonResourceURLs: rules cannot apply to both regular resources and non-resource URLs");
        foreach (var url in read.Paths)
            CheckPath(path, at, url);
        return read;
    }

    private static AuditRuleResources ReadResources(string path, string at, ObjectValue tree)
    {
        var group = tree.GetString("group") ?? "";
        var (resources, names) = (ConfigurationFile.Texts(tree, "resources"), ConfigurationFile.Texts(tree, "resourceNames"));
        if (group.Contains('/', StringComparison.Ordinal))
            throw new ConfigurationException(path, $"{at}.resources.group: \"{group}\": a group has no version");
        if (names.Length > 0 && resources.Length == 0)
            throw new ConfigurationException(path, $"{at}.resources.resourceNames: using resourceNames requires at least one resource");
        return new AuditRuleResources(group, resources, names);
    }

    private static void CheckPath(string path, string at, string url)
    {
        if (url != "*" && (!url.StartsWith('/') || url.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < url.Length - 1))
            throw new ConfigurationException(path, $"{at}.nonResourceURLs: \"{url}\" must begin with a '/' and have its only '*' at the end, or be '*'");
    }

    private static AuditLevel Level(string path, string at, string text) => text switch
    {
        "None" => AuditLevel.None,
        "Metadata" => AuditLevel.Metadata,
        "Request" => AuditLevel.Request,
        "RequestResponse" => AuditLevel.RequestResponse,
        _ => throw new ConfigurationException(path, $"{at}.level: \"{text}\" is not one of None, Metadata, Request, RequestResponse"),
    };

    private static AuditStages Stages(string path, string at, string[] texts)
    {
        var stages = AuditStages.None;
        foreach (var text in texts)
        {
            stages |= text switch
            {
                "RequestReceived" => AuditStages.RequestReceived,
                "ResponseStarted" => AuditStages.ResponseStarted,
                "ResponseComplete" => AuditStages.ResponseComplete,
                "Panic" => AuditStages.Panic,
                _ => throw new ConfigurationException(
                    path, $"{at}: \"{text}\" is not one of RequestReceived, ResponseStarted, ResponseComplete, Panic"),
            };
        }

        return stages;
    }
}
