using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Namespaces carry their name as a label, so that selectors can name them.</summary>
internal static class NamespaceRules
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    public static void Default(ObjectValue ns)
    {
        if (ns.GetObject("metadata") is { } metadata && metadata.GetString("name") is { Length: > 0 } name)
            metadata.GetOrAddObject("labels")[NameLabel] = name;
    }
}
