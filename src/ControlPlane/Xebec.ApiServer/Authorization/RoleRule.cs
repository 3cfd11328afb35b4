using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Authorization;

/// <summary>One rule of a role (rbac.authorization.k8s.io/v1 PolicyRule), ready to be asked. Immutable.</summary>
internal sealed class RoleRule
{
    private readonly int _verbMask;

    public RoleRule(
        IReadOnlyList<string> verbs, IReadOnlyList<string> groups, IReadOnlyList<string> resources, IReadOnlyList<string> names,
        IReadOnlyList<string> paths)
    {
        (VerbNames, Groups, Resources, Names, Paths) = (verbs, groups, resources, names, paths);
        _verbMask = Verbs.MaskOf(verbs);
    }

    public IReadOnlyList<string> VerbNames { get; }

    public IReadOnlyList<string> Groups { get; }

    public IReadOnlyList<string> Resources { get; }

    /// <summary>The only names it is about; empty for all.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The paths it is about, when it is not about resources.</summary>
    public IReadOnlyList<string> Paths { get; }

    public static RoleRule FromTree(ObjectValue tree) => new(
        Texts(tree, "verbs"), Texts(tree, "apiGroups"), Texts(tree, "resources"), Texts(tree, "resourceNames"), Texts(tree, "nonResourceURLs"));

    /// <summary>The rules of a role's tree.</summary>
    public static RoleRule[] AllOf(ObjectValue role) => [.. (role.GetList("rules") ?? []).OfType<ObjectValue>().Select(FromTree)];

    /// <summary>The rule as a PolicyRule.</summary>
    public ObjectValue ToTree()
    {
        var tree = new ObjectValue { { "verbs", List(VerbNames) } };
        Add(tree, "apiGroups", Groups);
        Add(tree, "resources", Resources);
        Add(tree, "resourceNames", Names);
        Add(tree, "nonResourceURLs", Paths);
        return tree;
    }

    /// <summary>Whether it allows a request.</summary>
    public bool Allows(in RuleRequest request)
    {
        if ((_verbMask & request.VerbBit) == 0 || (request.VerbBit == Verbs.Other && !HasVerb(request.Attributes.Verb)))
            return false;
        return request.Attributes.IsResourceRequest
            ? HasResource(request) && HasGroup(request.Attributes.Group) && HasName(request.Attributes.Name)
            : HasPath(request.Attributes.Path);
    }

    /// <summary>Whether it allows a path.</summary>
    public bool HasPath(string path)
    {
        foreach (var own in Paths)
        {
            if (own == "*" || own == path || (own.EndsWith('*') && path.AsSpan().StartsWith(own.AsSpan(0, own.Length - 1).TrimEnd('*'))))
                return true;
        }

        return false;
    }

    private bool HasVerb(string verb) => VerbNames.Contains("*") || VerbNames.Contains(verb);

    private bool HasGroup(string group)
    {
        foreach (var own in Groups)
        {
            if (own == "*" || own == group)
                return true;
        }

        return false;
    }

    private bool HasResource(in RuleRequest request)
    {
        var subresource = request.Attributes.Subresource;
        foreach (var own in Resources)
        {
            if (own == "*" || own == request.Resource || (subresource.Length > 0 && IsAnyWith(own, subresource)))
                return true;
        }

        return false;
    }

    /// <summary>Whether a resource of a rule is */SUBRESOURCE.</summary>
    public static bool IsAnyWith(string resource, string subresource) =>
        resource.Length == subresource.Length + 2 && resource.StartsWith("*/", StringComparison.Ordinal) &&
        resource.EndsWith(subresource, StringComparison.Ordinal);

    private bool HasName(string name) => Names.Count == 0 || Names.Contains(name);

    private static string[] Texts(ObjectValue tree, string name) => tree.GetList(name) is { } list ? [.. list.Select(t => t.AsString() ?? "")] : [];

    private static void Add(ObjectValue tree, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
            tree[name] = List(texts);
    }

    private static ListValue List(IEnumerable<string> texts) => new(texts.Select(t => (Value)t));
}
