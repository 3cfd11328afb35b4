using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Authorization;

/// <summary>
/// What a kubelet may do: work on its own Node, pods and lease, and read what its pods refer to and nothing else (upstream's Node mode).
/// </summary>
internal sealed class NodeAuthorizer(NodeGraph graph, IReadOnlyList<RoleRule> nodeRules) : IAuthorizer
{
    private const string UserPrefix = "system:node:";
    private static readonly AuthorizationDecision Allowed = new(true, "");
    private static readonly AuthorizationDecision NoOpinion = new(false, "");

    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes)
    {
        if (NodeName(attributes.User) is not { } node)
            return NoOpinion;
        if (!attributes.IsResourceRequest)
            return ByRules(attributes);
        return (attributes.Group, attributes.Resource) switch
        {
            ("", "secrets" or "configmaps") => Related(attributes, node, "get", "list", "watch"),
            ("", "persistentvolumeclaims") => attributes.Subresource == "status"
                ? Related(attributes, node, "get", "update", "patch")
                : Related(attributes, node, "get"),
            ("", "persistentvolumes") or ("storage.k8s.io", "volumeattachments") => Related(attributes, node, "get"),
            ("", "serviceaccounts") => attributes.Subresource == "token"
                ? Related(attributes, node, "create")
                : Related(attributes, node, "get"),
            ("", "nodes") => Own(attributes, node, "can only access its own Node object"),
            ("", "pods") => Pods(attributes, node),
            ("coordination.k8s.io", "leases") => Lease(attributes, node),
            ("storage.k8s.io", "csinodes") => Own(attributes, node, "can only access CSINode with the same name as the requesting node"),
            _ => ByRules(attributes),
        };
    }

    /// <summary>The node a user is the kubelet of, null when it is none.</summary>
    public static string? NodeName(UserInfo user) =>
        user.Name.StartsWith(UserPrefix, StringComparison.Ordinal) && user.Groups.Contains("system:nodes") ? user.Name[UserPrefix.Length..] : null;

    private AuthorizationDecision ByRules(AuthorizationAttributes attributes)
    {
        var request = new RuleRequest(attributes);
        foreach (var rule in nodeRules)
        {
            if (rule.Allows(request))
                return Allowed;
        }

        return NoOpinion;
    }

    private AuthorizationDecision Related(AuthorizationAttributes attributes, string node, params ReadOnlySpan<string> verbs)
    {
        if (!verbs.Contains(attributes.Verb))
            return new(false, $"can only {string.Join("/", verbs!)} individual resources of this type");
        if (attributes.Subresource is not ("" or "status" or "token"))
            return new(false, "cannot read subresource");
        if (attributes.Name.Length == 0)
            return new(false, "No Object name found");
        return graph.IsRelated(node, attributes.Resource, attributes.Namespace, attributes.Name)
            ? Allowed
            : new(false, $"no relationship found between node '{node}' and this object");
    }

    private AuthorizationDecision Own(AuthorizationAttributes attributes, string node, string why) =>
        attributes.Name == node || (attributes.Verb == "create" && attributes.Name.Length == 0) ? ByRules(attributes) : new(false, why);

    private AuthorizationDecision Pods(AuthorizationAttributes attributes, string node)
    {
        if (attributes.Subresource.Length > 0 || attributes.Verb is not ("get" or "list" or "watch"))
            return ByRules(attributes);
        if (attributes.Verb != "get")
        {
            return attributes.FieldSelector.Split(',').Contains($"spec.nodeName={node}")
                ? Allowed
                : new(false, $"can only list/watch pods with spec.nodeName field selector");
        }

        return graph.IsRelated(node, "pods", attributes.Namespace, attributes.Name)
            ? Allowed
            : new(false, $"no relationship found between node '{node}' and this object");
    }

    private AuthorizationDecision Lease(AuthorizationAttributes attributes, string node) =>
        attributes.Namespace != "kube-node-lease"
            ? new(false, "can only access leases in the \"kube-node-lease\" system namespace")
            : Own(attributes, node, "can only access node lease with the same name as the requesting node");
}
