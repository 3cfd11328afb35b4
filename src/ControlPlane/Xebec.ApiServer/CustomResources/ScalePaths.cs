using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Where the scale subresource finds its numbers: simple paths such as .spec.replicas, split at the dots.</summary>
/// <param name="SpecReplicas">The wanted replicas.</param>
/// <param name="StatusReplicas">The present replicas.</param>
/// <param name="LabelSelector">The selector as text, null when there is none.</param>
internal sealed record ScalePaths(string[] SpecReplicas, string[] StatusReplicas, string[]? LabelSelector)
{
    /// <summary>Reads spec.versions[].subresources.scale.</summary>
    public static ScalePaths Read(ObjectValue scale) => new(
        Split(scale.GetString("specReplicasPath") ?? ""),
        Split(scale.GetString("statusReplicasPath") ?? ""),
        scale.GetString("labelSelectorPath") is { Length: > 0 } selector ? Split(selector) : null);

    private static string[] Split(string path) => path.TrimStart('.').Split('.');
}
