namespace Xebec.Host.Clusters;

/// <summary>The one place that puts the control plane together: what runs, in the order it starts.</summary>
internal static class ControlPlane
{
    public static IReadOnlyList<ComponentEntry> Components { get; } =
    [
        new("kube-apiserver", ApiServerComponent.StartAsync),
    ];
}
