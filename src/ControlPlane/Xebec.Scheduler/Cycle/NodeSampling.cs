namespace Xebec.Scheduler.Cycle;

/// <summary>How many feasible nodes are enough to choose from (upstream's adaptive percentageOfNodesToScore).</summary>
internal static class NodeSampling
{
    private const int FewestNodes = 100;
    private const int LowestPercentage = 5;

    public static int NodesToFind(int nodes)
    {
        if (nodes < FewestNodes)
            return nodes;
        var percentage = Math.Max(50 - (nodes / 125), LowestPercentage);
        return Math.Max(nodes * percentage / 100, FewestNodes);
    }
}
