namespace Xebec.ApiServer.Authorization;

/// <summary>All that one user or group is granted by name: everywhere, and in single namespaces. Not changed once the index is built.</summary>
internal sealed class SubjectGrants
{
    private readonly List<Grant> _everywhere = [];
    private readonly Dictionary<string, List<Grant>> _byNamespace = new(StringComparer.Ordinal);

    public void Add(string ns, Grant grant)
    {
        if (ns.Length == 0)
        {
            _everywhere.Add(grant);
            return;
        }

        if (!_byNamespace.TryGetValue(ns, out var grants))
            _byNamespace[ns] = grants = [];
        grants.Add(grant);
    }

    /// <summary>The grant that allows a request, null when none does.</summary>
    public Grant? Find(in RuleRequest request)
    {
        if (Find(_everywhere, request) is { } found)
            return found;
        return request.Attributes.Namespace.Length > 0 && _byNamespace.TryGetValue(request.Attributes.Namespace, out var grants)
            ? Find(grants, request)
            : null;
    }

    /// <summary>Every grant that counts in a namespace.</summary>
    public IEnumerable<Grant> In(string ns) =>
        ns.Length > 0 && _byNamespace.TryGetValue(ns, out var grants) ? _everywhere.Concat(grants) : _everywhere;

    private static Grant? Find(List<Grant> grants, in RuleRequest request)
    {
        foreach (var grant in grants)
        {
            foreach (var rule in grant.Rules)
            {
                if (rule.Allows(request))
                    return grant;
            }
        }

        return null;
    }
}
