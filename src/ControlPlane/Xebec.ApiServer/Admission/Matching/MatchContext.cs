using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.Matching;

/// <summary>What matching looks up: equivalent resources and the labels of namespaces.</summary>
internal sealed class MatchContext(AdmissionParts parts)
{
    /// <summary>The resources that show the same objects.</summary>
    public EquivalentResources Equivalents { get; } = new(parts.Catalog);

    /// <summary>Whether a request is about a Namespace.</summary>
    public static bool IsNamespace(AdmissionRequest request) =>
        request.Resource.Plural == "namespaces" && request.Resource.GroupVersion.Group.Length == 0;

    /// <summary>The namespace of a request; of one for a Namespace its name.</summary>
    public static string NamespaceOf(AdmissionRequest request) =>
        request.Resource.Namespaced ? request.Namespace : IsNamespace(request) ? request.Name : "";

    /// <summary>The labels that a namespaceSelector sees; null when the request is about nothing in a namespace.</summary>
    public ObjectValue? NamespaceLabels(AdmissionRequest request)
    {
        if (IsNamespace(request) && request.Subresource.Length == 0 && request.Object is { } written)
            return written.GetObject("metadata")?.GetObject("labels") ?? [];
        return NamespaceOf(request) is { Length: > 0 } name ? Namespace(name)?.GetObject("metadata")?.GetObject("labels") ?? [] : null;
    }

    /// <summary>The Namespace of a name as a fresh tree, null when there is none.</summary>
    public ObjectValue? Namespace(string name) => parts.Find("", "namespaces", "", name)?.ToTree();
}
