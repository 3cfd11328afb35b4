using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Authorization;

/// <summary>Who is granted what, by user and by group. Immutable: read without a lock, replaced when roles or bindings change.</summary>
internal sealed class RbacIndex
{
    private readonly Dictionary<string, SubjectGrants> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SubjectGrants> _groups = new(StringComparer.Ordinal);

    /// <summary>Builds the index; a role is looked up by its namespace (empty for ClusterRoles) and name, null when there is none.</summary>
    public RbacIndex(IEnumerable<BindingFacts> bindings, Func<string, string, RoleRule[]?> findRole)
    {
        foreach (var binding in bindings)
        {
            var rules = findRole(binding.IsToClusterRole ? "" : binding.Namespace, binding.RoleName);
            foreach (var subject in binding.Subjects)
                Add(binding, subject, rules is null ? new Grant([], Missing(binding)) : new Grant(rules, binding.Reason(subject)));
        }
    }

    /// <summary>The grant that allows a request, null when none does.</summary>
    public Grant? Find(AuthorizationAttributes attributes)
    {
        var request = new RuleRequest(attributes);
        if (_users.TryGetValue(attributes.User.Name, out var own) && own.Find(request) is { } found)
            return found;
        foreach (var group in attributes.User.Groups)
        {
            if (_groups.TryGetValue(group, out var shared) && shared.Find(request) is { } foundInGroup)
                return foundInGroup;
        }

        return null;
    }

    /// <summary>Everything a user is granted that counts in a namespace.</summary>
    public IEnumerable<Grant> GrantsOf(UserInfo user, string ns)
    {
        var grants = user.Groups.Select(g => _groups.GetValueOrDefault(g)).Append(_users.GetValueOrDefault(user.Name));
        return grants.Where(g => g is not null).SelectMany(g => g!.In(ns));
    }

    private void Add(BindingFacts binding, BindingSubject subject, Grant grant)
    {
        var index = subject.IsGroup ? _groups : _users;
        if (!index.TryGetValue(subject.UserOrGroup, out var grants))
            index[subject.UserOrGroup] = grants = new SubjectGrants();
        grants.Add(binding.Namespace, grant);
    }

    private static string Missing(BindingFacts binding) =>
        $"RBAC: {(binding.IsToClusterRole ? "clusterrole" : "role")}.rbac.authorization.k8s.io \"{binding.RoleName}\" not found";
}
