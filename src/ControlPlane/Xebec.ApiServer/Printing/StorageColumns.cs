using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of the storage group.</summary>
internal static class StorageColumns
{
    public static TableColumn[] StorageClass { get; } =
    [
        Column.Name with { Cell = static (o, _) => CellText.ClassName(o, "storageclass.kubernetes.io/is-default-class") },
        Column.Text("Provisioner", "The type of the provisioner.", static o => o.Text("provisioner")),
        Column.Text("ReclaimPolicy", "The reclaim policy of volumes of this class.", static o => o.Text("reclaimPolicy").Or("Delete")),
        Column.Text(
            "VolumeBindingMode", "When volumes are provisioned and bound.", static o => o.Text("volumeBindingMode").Or("Immediate")),
        Column.Boolean(
            "AllowVolumeExpansion", "Whether volumes may be expanded.",
            static o => o.Flag("allowVolumeExpansion")) with { Type = "string" },
        Column.Age,
    ];

    public static TableColumn[] VolumeAttributesClass { get; } =
    [
        Column.Name with { Cell = static (o, _) => CellText.ClassName(o, "volumeattributesclass.kubernetes.io/is-default-class") },
        Column.Text("DriverName", "Name of the CSI driver.", static o => o.Text("driverName")),
        Column.Age,
    ];

    public static TableColumn[] VolumeAttachment { get; } =
    [
        Column.Name,
        Column.Text(
            "Attacher", "The volume driver that must handle this request.",
            static o => o.Text("spec", "attacher")) with { Format = "name" },
        Column.Text("PV", "The persistent volume to attach.", static o => o.Text("spec", "source", "persistentVolumeName")),
        Column.Text("Node", "The node that the volume should be attached to.", static o => o.Text("spec", "nodeName")),
        Column.Boolean("Attached", "Whether the volume is attached.", static o => o.Flag("status", "attached")),
        Column.Age,
    ];

    public static TableColumn[] CsiNode { get; } =
    [
        Column.Name,
        Column.Integer(
            "Drivers", "Drivers indicates the number of CSI drivers registered on the node", static o => o.CountAt("spec", "drivers")),
        Column.Age,
    ];

    public static TableColumn[] CsiDriver { get; } =
    [
        Column.Name,
        Column.Boolean(
            "AttachRequired", "The driver needs an attach operation.", static o => o.At("spec", "attachRequired")?.AsBool() ?? true),
        Column.Boolean("PodInfoOnMount", "The driver wants the pod's information at mount.", static o => o.Flag("spec", "podInfoOnMount")),
        Column.Boolean("StorageCapacity", "The scheduler considers the driver's capacity.", static o => o.Flag("spec", "storageCapacity")),
        Column.Text("TokenRequests", "The audiences of the service account tokens the driver wants.", TokenRequests),
        Column.Boolean(
            "RequiresRepublish", "NodePublishVolume is called again and again.", static o => o.Flag("spec", "requiresRepublish")),
        Column.Text(
            "Modes", "The kinds of volumes the driver supports.",
            static o => string.Join(',', o.Texts("spec", "volumeLifecycleModes")).Or(CellText.None)),
        Column.Age,
    ];

    public static TableColumn[] CsiStorageCapacity { get; } =
    [
        Column.Name,
        Column.Text("StorageClassName", "The storage class that the capacity applies to.", static o => o.Text("storageClassName")),
        Column.Text("Capacity", "The capacity reported by the driver.", static o => o.Text("capacity").Or(CellText.Unset)),
    ];

    private static string TokenRequests(ObjectValue driver) => driver.At("spec", "tokenRequests") is null
        ? CellText.Unset
        : string.Join(',', driver.Items("spec", "tokenRequests").Select(t => t.Text("audience")));
}
