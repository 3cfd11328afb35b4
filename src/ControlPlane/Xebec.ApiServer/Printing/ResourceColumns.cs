using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of the resource.k8s.io group (dynamic resource allocation).</summary>
internal static class ResourceColumns
{
    public static TableColumn[] NameAndAge { get; } = [Column.Name, Column.Age];

    public static TableColumn[] ResourceClaim { get; } =
    [
        Column.Name,
        Column.Text("State", "A summary of the current state (allocated, pending, reserved, etc.).", State),
        Column.Age,
    ];

    public static TableColumn[] ResourceSlice { get; } =
    [
        Column.Name,
        Column.Text("Node", "The node that provides the resources.", static o => o.Text("spec", "nodeName")),
        Column.Text("Driver", "The driver that provides the resources.", static o => o.Text("spec", "driver")),
        Column.Text("Pool", "The pool that the slice belongs to.", static o => o.Text("spec", "pool", "name")),
        Column.Age,
    ];

    private static string State(ObjectValue claim)
    {
        var deleted = claim.Text("metadata", "deletionTimestamp").Length > 0;
        if (claim.At("status", "allocation") is null)
            return deleted ? "deleted" : "pending";
        return (deleted ? "deleted," : "") + "allocated" + (claim.CountAt("status", "reservedFor") > 0 ? ",reserved" : "");
    }
}
