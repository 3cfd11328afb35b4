using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of persistent volumes and their claims.</summary>
internal static class VolumeColumns
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    private static readonly (string Mode, string Short)[] AccessModeNames =
        [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];

    private static readonly TableColumn Status = Column.Text(
        "Status", "The phase of the volume or claim.",
        static o => o.Text("metadata", "deletionTimestamp").Length > 0 ? "Terminating" : o.Text("status", "phase"));

    private static readonly TableColumn AttributesClass = Column.Text(
        "VolumeAttributesClass", "VolumeAttributesClass of the volume or claim",
        static o => o.At("spec", "volumeAttributesClassName")?.AsString() ?? CellText.Unset);

    private static readonly TableColumn StorageClass = Column.Text(
        "StorageClass", "StorageClass of the volume or claim",
        static o => o.At("metadata", "annotations", ClassAnnotation)?.AsString() ?? o.Text("spec", "storageClassName"));

    private static readonly TableColumn Mode = Column.Wide(
        "VolumeMode", "Filesystem or Block.", static o => o.At("spec", "volumeMode")?.AsString() ?? CellText.Unset);

    public static TableColumn[] PersistentVolume { get; } =
    [
        Column.Name,
        Column.Text("Capacity", "The volume's capacity.", static o => o.Text("spec", "capacity", "storage").Or("0")),
        Column.Text("Access Modes", "The ways the volume can be mounted.", static o => AccessModes(o.At("spec"))),
        Column.Text(
            "Reclaim Policy", "What happens to the volume when it is released.",
            static o => o.Text("spec", "persistentVolumeReclaimPolicy")),
        Status,
        Column.Text("Claim", "The claim that the volume is bound to.", Claim),
        StorageClass,
        AttributesClass,
        Column.Text("Reason", "Why the volume is in a failure state.", static o => o.Text("status", "reason")),
        Column.Age,
        Mode,
    ];

    public static TableColumn[] PersistentVolumeClaim { get; } =
    [
        Column.Name,
        Status,
        Column.Text("Volume", "The volume that backs this claim.", static o => o.Text("spec", "volumeName")),
        Column.Text(
            "Capacity", "The actual capacity of the volume.",
            static o => IsBound(o) ? o.Text("status", "capacity", "storage").Or("0") : ""),
        Column.Text("Access Modes", "The actual access modes of the volume.", static o => IsBound(o) ? AccessModes(o.At("status")) : ""),
        StorageClass,
        AttributesClass,
        Column.Age,
        Mode,
    ];

    private static bool IsBound(ObjectValue claim) => claim.Text("spec", "volumeName").Length > 0;

    private static string AccessModes(Value? holder)
    {
        var modes = holder.Texts("accessModes").ToHashSet();
        return string.Join(',', AccessModeNames.Where(m => modes.Contains(m.Mode)).Select(m => m.Short));
    }

    private static string Claim(ObjectValue volume) =>
        volume.At("spec", "claimRef") is { } claim ? $"{claim.Text("namespace")}/{claim.Text("name")}" : "";
}
