using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry.Autoscaling;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of horizontal pod autoscalers, and of the scale subresource.</summary>
internal static class AutoscalingColumns
{
    private const int MetricsShown = 2;

    public static TableColumn[] V2 { get; } = Autoscaler(Targets);

    /// <summary>The same as v2's: both show the autoscaler with all its metrics.</summary>
    public static TableColumn[] V1 { get; } =
        Autoscaler(static o => Targets(AutoscalerConversion.ToStorage((ObjectValue)o.DeepClone())));

    public static TableColumn[] Scale { get; } =
    [
        Column.Name,
        Column.Integer("Desired", "replicas is the desired number of instances for the scaled object.", static o => o.Number("spec", "replicas")),
        Column.Integer(
            "Available", "replicas is the actual number of observed instances of the scaled object.", static o => o.Number("status", "replicas")),
        Column.Age,
    ];

    private static TableColumn[] Autoscaler(Func<ObjectValue, string> targets) =>
    [
        Column.Name,
        Column.Text(
            "Reference", "The target resource to scale.",
            static o => $"{o.Text("spec", "scaleTargetRef", "kind")}/{o.Text("spec", "scaleTargetRef", "name")}"),
        Column.Text("Targets", "The metrics it scales by: current/target.", targets),
        Column.Text("MinPods", "The lower limit of replicas.", static o => o.At("spec", "minReplicas")?.ToString() ?? CellText.Unset),
        Column.Count("MaxPods", "The upper limit of replicas.", static o => o.Number("spec", "maxReplicas")),
        Column.Count("Replicas", "The current number of replicas.", static o => o.Number("status", "currentReplicas")),
        Column.Age,
    ];

    private static string Targets(ObjectValue autoscaler)
    {
        var current = autoscaler.Items("status", "currentMetrics").ToList();
        List<string> texts = [.. autoscaler.Items("spec", "metrics").Select((m, i) => Metric(m, i < current.Count ? current[i] : null))];
        return CellText.FirstOf(texts, MetricsShown, ", ").Or(CellText.None);
    }

    private static string Metric(ObjectValue spec, ObjectValue? status)
    {
        var source = spec.Text("type") switch
        {
            "External" => "external",
            "Pods" => "pods",
            "Object" => "object",
            "Resource" => "resource",
            "ContainerResource" => "containerResource",
            _ => null,
        };
        if (source is null)
            return "<unknown type>";
        var (target, current) = (spec.At(source, "target"), status.At(source, "current"));
        return source is "resource" or "containerResource"
            ? $"{spec.Text(source, "name")}: {ResourceTarget(target, current)}"
            : ValueTarget(source, target, current);
    }

    private static string ResourceTarget(Value? target, Value? current) => target.At("averageValue") is { } average
        ? $"{current.Text("averageValue").Or("<unknown>")}/{average.AsString()}"
        : $"{Percent(current.At("averageUtilization"), "<unknown>")}/{Percent(target.At("averageUtilization"), "<auto>")}";

    private static string ValueTarget(string source, Value? target, Value? current) => target.At("averageValue") is { } average
        ? $"{current.Text("averageValue").Or("<unknown>")}/{average.AsString()}{(source == "pods" ? "" : " (avg)")}"
        : $"{current.Text("value").Or("<unknown>")}/{target.Text("value")}";

    private static string Percent(Value? number, string otherwise) => number is null ? otherwise : $"{number}%";
}
