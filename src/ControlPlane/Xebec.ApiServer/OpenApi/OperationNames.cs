using Xebec.ApiMachinery.Resources;

namespace Xebec.ApiServer.OpenApi;

/// <summary>The tags and ids of operations.</summary>
internal static class OperationNames
{
    /// <summary>The tag of a group and version: core_v1, rbacAuthorization_v1.</summary>
    public static string Tag(GroupVersion groupVersion) => $"{GroupWord(groupVersion.Group)}_{groupVersion.Version}";

    /// <summary>The id of an operation, for example createAppsV1NamespacedDeployment.</summary>
    /// <param name="action">x-kubernetes-action.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="subresource">The subresource, empty when it is the resource itself.</param>
    /// <param name="path">The path; of one with a namespace and of one with a path of its own the id says so.</param>
    public static string Id(string action, ResourceInfo resource, string subresource, string path)
    {
        var namespaced = path.Contains("{namespace}", StringComparison.Ordinal);
        var rest = path.EndsWith("{path}", StringComparison.Ordinal) ? "WithPath" : "";
        var verb = action switch { "post" => "create", "put" => "replace", "get" => "read", "deletecollection" => "delete", _ => action };
        var collection = action == "deletecollection" ? "Collection" : "";
        var scope = namespaced ? "Namespaced" : "";
        var everywhere = resource.Namespaced && !namespaced ? "ForAllNamespaces" : "";
        var group = Capitalized(GroupWord(resource.GroupVersion.Group)) + Capitalized(resource.GroupVersion.Version);
        return $"{verb}{group}{collection}{scope}{resource.Kind}{Capitalized(subresource)}{everywhere}{rest}";
    }

    private static string GroupWord(string group)
    {
        if (group.Length == 0)
            return "core";
        var words = group.EndsWith(".k8s.io", StringComparison.Ordinal) ? group[..^".k8s.io".Length].Split('.') : group.Split('.');
        return string.Concat(words.Select((w, i) => i == 0 ? w : Capitalized(w)));
    }

    private static string Capitalized(string word) => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..];
}
