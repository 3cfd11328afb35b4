using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of pods and pod templates.</summary>
internal static class PodColumns
{
    public static TableColumn[] Pod { get; } =
    [
        Column.Name,
        Column.Text("Ready", "The aggregate readiness state of this pod for accepting traffic.", ReadyText),
        Column.Text("Status", "The aggregate status of the containers in this pod.", static o => new PodSummary(o).State),
        Column.Aged(
            "Restarts",
            "The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.",
            static (o, now) => new PodSummary(o).RestartText(now)),
        Column.Age,
        Column.Wide("IP", "The address allocated to the pod.", Address),
        Column.Wide("Node", "The node the pod is assigned to.", static o => o.Text("spec", "nodeName").Or(CellText.None)),
        Column.Wide(
            "Nominated Node", "The node where pods are being preempted to make room for this pod.",
            static o => o.Text("status", "nominatedNodeName").Or(CellText.None)),
        Column.Wide("Readiness Gates", "How many of the pod's readiness gates are passed.", ReadinessGates),
    ];

    public static TableColumn[] PodTemplate { get; } =
    [
        Column.Name,
        Column.Text(
            "Containers", "Names of each container in the template.", static o => CellText.ContainerNames(o.At("template", "spec"))),
        Column.Text(
            "Images", "Images referenced by each container in the template.",
            static o => CellText.ContainerImages(o.At("template", "spec"))),
        Column.Text("Pod Labels", "The labels for the pod template.", static o => CellText.Labels(o.At("template", "metadata", "labels"))),
    ];

    private static string ReadyText(ObjectValue pod)
    {
        var summary = new PodSummary(pod);
        return $"{summary.Ready}/{summary.Total}";
    }

    private static string Address(ObjectValue pod) =>
        (pod.Items("status", "podIPs").FirstOrDefault().Text("ip")).Or(pod.Text("status", "podIP")).Or(CellText.None);

    private static string ReadinessGates(ObjectValue pod)
    {
        var gates = pod.Items("spec", "readinessGates").ToList();
        return gates.Count == 0 ? CellText.None : $"{gates.Count(g => pod.HasCondition(g.Text("conditionType")))}/{gates.Count}";
    }
}
