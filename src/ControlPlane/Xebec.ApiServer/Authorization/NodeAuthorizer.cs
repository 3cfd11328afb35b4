using Xebec.ApiServer.Authentication;

namespace Xebec.ApiServer.Authorization;

/// <summary>
/// What a kubelet may do: work on its own Node, pods and lease, and read what its pods refer to and nothing else (upstream's Node mode).
/// What it may not do to objects whose content decides is left to the NodeRestriction plugin.
/// </summary>
internal sealed class NodeAuthorizer(NodeGraph graph, IReadOnlyList<RoleRule> nodeRules) : IAuthorizer
{
    /// <summary>Where the leases of nodes are.</summary>
    public const string LeaseNamespace = "kube-node-lease";

    private const string UserPrefix = "system:node:";
    private static readonly AuthorizationDecision Allowed = new(true, "");
    private static readonly AuthorizationDecision NoOpinion = new(false, "");

    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes)
    {
        if (NodeName(attributes.User) is not { } node)
            return NoOpinion;
        if (node.Length == 0)
            return new(false, $"unknown node for user \"{attributes.User.Name}\"");
        if (!attributes.IsResourceRequest)
            return ByRules(attributes);
        return (attributes.Group, attributes.Resource) switch
        {
            ("", "secrets" or "configmaps") => Read(attributes, node),
            ("", "persistentvolumeclaims") when attributes.Subresource == "status" => attributes.Verb is "update" or "patch"
                ? Related(attributes, node)
                : new(false, "can only get/update/patch this type"),
            ("", "persistentvolumeclaims" or "persistentvolumes") or ("storage.k8s.io", "volumeattachments") or ("resource.k8s.io", "resourceclaims") =>
                Get(attributes, node),
            ("", "serviceaccounts") => Token(attributes, node),
            ("", "nodes") => Node(attributes, node),
            ("", "pods") => Pods(attributes, node),
            ("coordination.k8s.io", "leases") => Lease(attributes, node),
            ("storage.k8s.io", "csinodes") => attributes.Subresource.Length > 0
                ? new(false, "cannot authorize CSINode subresources")
                : Own(attributes, node, "a CSINode", "CSINode"),
            ("resource.k8s.io", "resourceslices") => Slice(attributes, node),
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

    private AuthorizationDecision Read(AuthorizationAttributes attributes, string node)
    {
        if (attributes.Verb is not ("get" or "list" or "watch"))
            return new(false, "can only read resources of this type");
        if (attributes.Subresource.Length > 0)
            return new(false, "cannot read subresource");
        return attributes.Namespace.Length > 0 ? Related(attributes, node) : new(false, "can only read namespaced object of this type");
    }

    private AuthorizationDecision Get(AuthorizationAttributes attributes, string node)
    {
        if (attributes.Verb != "get")
            return new(false, "can only get individual resources of this type");
        return attributes.Subresource.Length == 0 ? Related(attributes, node) : new(false, "cannot get subresource");
    }

    private AuthorizationDecision Token(AuthorizationAttributes attributes, string node)
    {
        if (attributes.Verb != "create" || attributes.Name.Length == 0)
            return new(false, "can only create tokens for individual service accounts");
        return attributes.Subresource == "token" ? Related(attributes, node) : new(false, "can only create token subresource of serviceaccount");
    }

    private AuthorizationDecision Related(AuthorizationAttributes attributes, string node)
    {
        if (attributes.Name.Length == 0)
            return new(false, "No Object name found");
        return graph.IsRelated(node, attributes.Resource, attributes.Namespace, attributes.Name)
            ? Allowed
            : new(false, $"no relationship found between node '{node}' and this object");
    }

    private static AuthorizationDecision Node(AuthorizationAttributes attributes, string node) => (attributes.Subresource, attributes.Verb) switch
    {
        ("", "create" or "update" or "patch") or ("status", "update" or "patch") => Allowed,
        ("", "get" or "list" or "watch") when attributes.Name == node => Allowed,
        ("", "get" or "list" or "watch") when attributes.Name.Length == 0 => new(false, $"node '{node}' cannot read all nodes, only its own Node object"),
        ("", "get" or "list" or "watch") => new(false, $"node '{node}' cannot read '{attributes.Name}', only its own Node object"),
        _ => NoOpinion,
    };

    private AuthorizationDecision Pods(AuthorizationAttributes attributes, string node) => (attributes.Subresource, attributes.Verb) switch
    {
        ("", "get") => Related(attributes, node),
        ("", "list" or "watch") when SelectedName.Value(attributes.FieldSelector, "spec.nodeName") == node => Allowed,
        ("", "list" or "watch") when attributes.Name.Length > 0 => Related(attributes, node),
        ("", "list" or "watch") => new(false, "can only list/watch pods with spec.nodeName field selector"),
        ("", "create" or "delete") or ("status", "update" or "patch") or ("eviction", "create") => Allowed,
        _ => NoOpinion,
    };

    private static AuthorizationDecision Lease(AuthorizationAttributes attributes, string node) => attributes.Namespace == LeaseNamespace
        ? Own(attributes, node, "a node lease", "node lease")
        : new(false, $"can only access leases in the \"{LeaseNamespace}\" system namespace");

    // The name of what is created is in the object, which NodeRestriction looks at.
    private static AuthorizationDecision Own(AuthorizationAttributes attributes, string node, string one, string what)
    {
        if (attributes.Verb is not ("get" or "create" or "update" or "patch" or "delete"))
            return new(false, $"can only get, create, update, patch, or delete {one}");
        return attributes.Verb == "create" || attributes.Name == node
            ? Allowed
            : new(false, $"can only access {what} with the same name as the requesting node");
    }

    private AuthorizationDecision Slice(AuthorizationAttributes attributes, string node) => attributes.Verb switch
    {
        _ when attributes.Subresource.Length > 0 => new(false, "cannot authorize ResourceSlice subresources"),
        "create" => Allowed,
        "get" or "update" or "patch" or "delete" => Related(attributes, node),
        "watch" or "list" or "deletecollection" => SelectedName.Value(attributes.FieldSelector, "spec.nodeName") == node
            ? Allowed
            : new(false, "can only list/watch/deletecollection resourceslices with nodeName field selector"),
        _ => new(
            false, "only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection"),
    };
}
