using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of nodes and runtime classes.</summary>
internal static class NodeColumns
{
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static TableColumn[] Node { get; } =
    [
        Column.Name,
        Column.Text("Status", "The status of the node", Status),
        Column.Text("Roles", "The roles of the node", Roles),
        Column.Age,
        Column.Text("Version", "Kubelet Version reported by the node.", static o => o.Text("status", "nodeInfo", "kubeletVersion")),
        Column.Wide("Internal-IP", "The address of the node inside the cluster.", static o => Address(o, "InternalIP")),
        Column.Wide("External-IP", "The address of the node outside the cluster.", static o => Address(o, "ExternalIP")),
        Column.Wide("OS-Image", "OS Image reported by the node.", static o => Info(o, "osImage")),
        Column.Wide("Kernel-Version", "Kernel Version reported by the node.", static o => Info(o, "kernelVersion")),
        Column.Wide("Container-Runtime", "Container runtime and its version.", static o => Info(o, "containerRuntimeVersion")),
    ];

    public static TableColumn[] RuntimeClass { get; } =
    [
        Column.Name,
        Column.Text("Handler", "The handler of the container runtime that runs the pods of this class.", static o => o.Text("handler")),
        Column.Age,
    ];

    private static string Status(ObjectValue node)
    {
        var ready = node.Condition("Ready") is { } condition ? (condition.Text("status") == "True" ? "Ready" : "NotReady") : "Unknown";
        return node.Flag("spec", "unschedulable") ? ready + ",SchedulingDisabled" : ready;
    }

    private static string Roles(ObjectValue node)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (label, value) in node.At("metadata", "labels") as ObjectValue ?? [])
        {
            if (label.StartsWith(RolePrefix, StringComparison.Ordinal))
                roles.Add(label[RolePrefix.Length..]);
            else if (label == "kubernetes.io/role")
                roles.Add(value.AsString() ?? "");
        }

        roles.Remove("");
        return string.Join(',', roles).Or(CellText.None);
    }

    private static string Address(ObjectValue node, string type) =>
        node.Items("status", "addresses").FirstOrDefault(a => a.Text("type") == type).Text("address").Or(CellText.None);

    private static string Info(ObjectValue node, string field) => node.Text("status", "nodeInfo", field).Or("<unknown>");
}
