using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Scheduling;

/// <summary>The two priority classes of what a cluster itself runs.</summary>
internal static class SystemPriorityClasses
{
    public static IEnumerable<ObjectValue> Trees =>
    [
        Tree("system-node-critical", 2000001000, "Used for system critical pods that must not be moved from their current node."),
        Tree(
            "system-cluster-critical", 2000000000,
            "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."),
    ];

    private static ObjectValue Tree(string name, long value, string description) => new()
    {
        { "metadata", new ObjectValue { { "name", name } } },
        { "value", value },
        { "description", description },
        { "preemptionPolicy", "PreemptLowerPriority" },
    };
}
