using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Audit;

/// <summary>One rule of an audit policy. Immutable; an empty list means any.</summary>
internal sealed record AuditRule
{
    public required AuditDecision Decision { get; init; }

    public string[] Users { get; init; } = [];

    public string[] UserGroups { get; init; } = [];

    public string[] Verbs { get; init; } = [];

    public string[] Namespaces { get; init; } = [];

    public AuditRuleResources[] Resources { get; init; } = [];

    public string[] Paths { get; init; } = [];

    /// <summary>Whether it is about a request; the user is null when nobody knows who asks.</summary>
    public bool Matches(RequestInfo info, UserInfo? user)
    {
        if (Users.Length > 0 && (user is null || !Users.Contains(user.Name)))
            return false;
        if (UserGroups.Length > 0 && (user is null || !HasGroup(user)))
            return false;
        if (Verbs.Length > 0 && !Verbs.Contains(info.Verb) && !Verbs.Contains("*"))
            return false;
        if (Namespaces.Length > 0 || Resources.Length > 0)
            return info.IsResourceRequest && MatchesResource(info);
        return Paths.Length == 0 || (!info.IsResourceRequest && MatchesPath(info.Path));
    }

    private bool HasGroup(UserInfo user)
    {
        foreach (var group in user.Groups)
        {
            if (UserGroups.Contains(group))
                return true;
        }

        return false;
    }

    private bool MatchesResource(RequestInfo info)
    {
        if (Namespaces.Length > 0 && !Namespaces.Contains(info.Namespace))
            return false;
        if (Resources.Length == 0)
            return true;
        foreach (var resources in Resources)
        {
            if (resources.Matches(info))
                return true;
        }

        return false;
    }

    private bool MatchesPath(string path)
    {
        foreach (var own in Paths)
        {
            if (own == "*" || own == path || (own.EndsWith('*') && path.AsSpan().StartsWith(own.AsSpan(0, own.Length - 1))))
                return true;
        }

        return false;
    }
}
