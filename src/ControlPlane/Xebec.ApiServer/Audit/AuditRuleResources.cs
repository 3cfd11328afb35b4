using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Audit;

/// <summary>Resources of one group that an audit rule is about.</summary>
/// <param name="Group">The API group, empty for the core group.</param>
/// <param name="Resources">pods, pods/log, pods/*, */scale or *; empty for all.</param>
/// <param name="Names">Names of objects; empty for all.</param>
internal sealed record AuditRuleResources(string Group, string[] Resources, string[] Names)
{
    public bool Matches(RequestInfo info)
    {
        if (Group != info.Group)
            return false;
        if (Resources.Length == 0)
            return true;
        if (Names.Length > 0 && !Names.Contains(info.Name))
            return false;
        foreach (var own in Resources)
        {
            if (own == "*" || Matches(own, info.Resource, info.Subresource))
                return true;
        }

        return false;
    }

    private static bool Matches(ReadOnlySpan<char> own, string resource, string subresource)
    {
        var slash = own.IndexOf('/');
        if (slash < 0)
            return subresource.Length == 0 && own.SequenceEqual(resource);
        var left = own[..slash];
        var right = own[(slash + 1)..];
        return left is "*"
            ? right.SequenceEqual(subresource)
            : left.SequenceEqual(resource) && (right is "*" || right.SequenceEqual(subresource));
    }
}
