using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Registry.Rbac;

/// <summary>The objects of the bootstrap policy, with upstream's labels and annotations.</summary>
internal static class PolicyObjects
{
    public const string AutoUpdate = "rbac.authorization.kubernetes.io/autoupdate";
    private const string Group = "rbac.authorization.k8s.io";

    /// <summary>A Role or ClusterRole.</summary>
    public static ObjectValue Role(PolicyRole role, IReadOnlyList<RoleRule> rules)
    {
        var metadata = Metadata(role.Name, role.Namespace);
        foreach (var name in role.AggregatedTo)
            metadata.GetOrAddObject("labels")[AggregationLabel(name)] = "true";
        var tree = new ObjectValue
        {
            { "metadata", metadata },
            { "rules", new ListValue(rules.Select(r => (Value)r.ToTree())) },
        };
        if (role.Aggregates.Length > 0)
        {
            var selector = new ObjectValue { { "matchLabels", new ObjectValue { { AggregationLabel(role.Aggregates), "true" } } } };
            tree["aggregationRule"] = new ObjectValue { { "clusterRoleSelectors", new ListValue([selector]) } };
        }

        return tree;
    }

    /// <summary>The RoleBinding or ClusterRoleBinding of a role that has one.</summary>
    public static ObjectValue Binding(PolicyRole role)
    {
        var tree = new ObjectValue { { "metadata", Metadata(role.BindingName!, role.Namespace) } };
        if (role.Subjects.Count > 0)
            tree["subjects"] = new ListValue(role.Subjects.Select(s => (Value)Subject(s)));
        tree["roleRef"] = new ObjectValue
        {
            { "apiGroup", Group }, { "kind", role.Namespace.Length == 0 ? "ClusterRole" : "Role" }, { "name", role.Name },
        };
        return tree;
    }

    private static string AggregationLabel(string name) => $"rbac.authorization.k8s.io/aggregate-to-{name}";

    private static ObjectValue Metadata(string name, string ns)
    {
        var metadata = new ObjectValue { { "name", name } };
        if (ns.Length > 0)
            metadata["namespace"] = ns;
        metadata["labels"] = new ObjectValue { { "kubernetes.io/bootstrapping", "rbac-defaults" } };
        metadata["annotations"] = new ObjectValue { { AutoUpdate, "true" } };
        return metadata;
    }

    private static ObjectValue Subject(string text)
    {
        var (kind, name) = (text[..text.IndexOf(':', StringComparison.Ordinal)], text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return kind == "sa"
            ? new ObjectValue { { "kind", "ServiceAccount" }, { "name", name.Split('/')[1] }, { "namespace", name.Split('/')[0] } }
            : new ObjectValue { { "apiGroup", Group }, { "kind", kind == "user" ? "User" : "Group" }, { "name", name } };
    }
}
