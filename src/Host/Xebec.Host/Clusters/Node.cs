namespace Xebec.Host.Clusters;

/// <summary>The one place that puts a node together: what runs, in the order it starts.</summary>
internal static class Node
{
    public static IReadOnlyList<ComponentEntry> Components { get; } = [];
}
