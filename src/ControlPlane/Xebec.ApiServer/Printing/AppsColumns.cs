using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of the apps group, and of replication controllers.</summary>
internal static class AppsColumns
{
    private static readonly TableColumn Selector = Column.Wide(
        "Selector", "A label query over pods that are managed.", static o => CellText.Selector(o.At("spec", "selector")));

    public static TableColumn[] Deployment { get; } =
    [
        Column.Name,
        Column.Text("Ready", "Number of the pod with ready state", ReadyOfDesired),
        Column.Count("Up-to-date", "Number of pods that have the desired template.", static o => o.Number("status", "updatedReplicas")),
        Column.Count(
            "Available", "Number of pods ready for at least minReadySeconds.", static o => o.Number("status", "availableReplicas")),
        Column.Age,
        .. CellText.ContainerColumns(PodSpec),
        Column.Wide("Selector", "A label query over pods that are managed.", static o => CellText.PlainSelector(o.At("spec", "selector"))),
    ];

    public static TableColumn[] ReplicaSet { get; } = [.. Replicas(), Selector];

    public static TableColumn[] ReplicationController { get; } =
    [
        .. Replicas(),
        Column.Wide("Selector", "A label query over pods that are managed.", static o => CellText.Labels(o.At("spec", "selector"))),
    ];

    public static TableColumn[] StatefulSet { get; } =
    [
        Column.Name,
        Column.Text("Ready", "Number of the pod with ready state", ReadyOfDesired),
        Column.Age,
        .. CellText.ContainerColumns(PodSpec),
    ];

    public static TableColumn[] DaemonSet { get; } =
    [
        Column.Name,
        Column.Integer(
            "Desired", "Number of nodes that should be running the daemon pod.", static o => o.Number("status", "desiredNumberScheduled")),
        Column.Integer(
            "Current", "Number of nodes that run a daemon pod and should.", static o => o.Number("status", "currentNumberScheduled")),
        Column.Integer("Ready", "Number of nodes with a ready daemon pod.", static o => o.Number("status", "numberReady")),
        Column.Integer(
            "Up-to-date", "Number of nodes running the updated daemon pod.", static o => o.Number("status", "updatedNumberScheduled")),
        Column.Integer("Available", "Number of nodes with an available daemon pod.", static o => o.Number("status", "numberAvailable")),
        Column.Text("Node Selector", "The labels of the nodes it runs on.", static o => CellText.Labels(PodSpec(o).At("nodeSelector"))),
        Column.Age,
        .. CellText.ContainerColumns(PodSpec),
        Selector,
    ];

    public static TableColumn[] ControllerRevision { get; } =
    [
        Column.Name,
        Column.Text("Controller", "Controller of the object", Controller),
        Column.Count("Revision", "The revision of the state represented by Data.", static o => o.Number("revision")),
        Column.Age,
    ];

    private static Value? PodSpec(ObjectValue o) => o.At("spec", "template", "spec");

    private static string ReadyOfDesired(ObjectValue o) => $"{o.Number("status", "readyReplicas")}/{o.Number("spec", "replicas")}";

    private static TableColumn[] Replicas() =>
    [
        Column.Name,
        Column.Integer("Desired", "The number of desired pods.", static o => o.Number("spec", "replicas")),
        Column.Integer("Current", "The most recently observed number of pods.", static o => o.Number("status", "replicas")),
        Column.Integer("Ready", "The number of ready pods.", static o => o.Number("status", "readyReplicas")),
        Column.Age,
        .. CellText.ContainerColumns(PodSpec),
    ];

    private static string Controller(ObjectValue revision)
    {
        if (revision.Items("metadata", "ownerReferences").FirstOrDefault(r => r.Flag("controller")) is not { } owner)
            return CellText.None;
        var apiVersion = owner.Text("apiVersion");
        var group = apiVersion.Contains('/', StringComparison.Ordinal) ? "." + apiVersion.Split('/')[0] : "";
        return $"{owner.Text("kind").ToLowerInvariant()}{group}/{owner.Text("name")}";
    }
}
