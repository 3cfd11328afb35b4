using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Matching;

/// <summary>One rule of a webhook or policy: which operations on which resources (RuleWithOperations). Immutable.</summary>
internal sealed class ResourceRule
{
    private const string Every = "*";
    private readonly string[] _operations;
    private readonly string[] _groups;
    private readonly string[] _versions;
    private readonly (string Resource, string Subresource)[] _resources;
    private readonly string[] _names;
    private readonly string _scope;

    private ResourceRule(ObjectValue tree)
    {
        _operations = Texts(tree, "operations");
        _groups = Texts(tree, "apiGroups");
        _versions = Texts(tree, "apiVersions");
        _resources = [.. Texts(tree, "resources").Select(Split)];
        _names = Texts(tree, "resourceNames");
        _scope = tree.GetString("scope") ?? Every;
    }

    /// <summary>The rules of a list; none when it is absent.</summary>
    public static ResourceRule[] ReadAll(ListValue? rules) => [.. (rules ?? []).Select(r => new ResourceRule((ObjectValue)r))];

    /// <summary>Whether a request matches, seen as one for a resource (its own, or an equivalent one in another version).</summary>
    public bool Matches(AdmissionRequest request, ResourceInfo resource) =>
        Has(_operations, OperationText.Of(request.Operation)) && Has(_groups, resource.GroupVersion.Group) &&
        Has(_versions, resource.GroupVersion.Version) && HasResource(resource.Plural, request.Subresource) && HasScope(request) &&
        (_names.Length == 0 || Array.IndexOf(_names, request.Name) >= 0);

    private static string[] Texts(ObjectValue tree, string name) => [.. (tree.GetList(name) ?? []).Select(v => v.AsString() ?? "")];

    private static (string Resource, string Subresource) Split(string text) =>
        text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (text[..slash], text[(slash + 1)..]) : (text, "");

    private static bool Has(string[] wanted, string given)
    {
        foreach (var one in wanted)
        {
            if (one == Every || one == given)
                return true;
        }

        return false;
    }

    private bool HasResource(string plural, string subresource)
    {
        foreach (var (resource, sub) in _resources)
        {
            if ((resource == Every || resource == plural) && (sub == Every || sub == subresource))
                return true;
        }

        return false;
    }

    // A request for a namespace itself carries its name as its namespace, and yet is of the cluster.
    private bool HasScope(AdmissionRequest request) => _scope switch
    {
        "Namespaced" => request.Resource.Namespaced && request.Namespace.Length > 0,
        "Cluster" => !request.Resource.Namespaced || request.Namespace.Length == 0,
        _ => true,
    };
}
