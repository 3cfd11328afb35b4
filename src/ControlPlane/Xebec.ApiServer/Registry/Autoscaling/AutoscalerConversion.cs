using Xebec.Api;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Autoscaling;

/// <summary>
/// autoscaling/v1 HorizontalPodAutoscalers are stored as v2. Version 1 knows one metric, CPU; the others and the conditions travel in
/// upstream's annotations, so that a round trip through version 1 loses nothing.
/// </summary>
internal static class AutoscalerConversion
{
    private const long DefaultPercentage = 80;
    private const string MetricsAnnotation = "autoscaling.alpha.kubernetes.io/metrics";
    private const string ConditionsAnnotation = "autoscaling.alpha.kubernetes.io/conditions";
    private const string CurrentMetricsAnnotation = "autoscaling.alpha.kubernetes.io/current-metrics";
    private const string BehaviorAnnotation = "autoscaling.alpha.kubernetes.io/behavior";

    /// <summary>To v2.</summary>
    public static ObjectValue ToStorage(ObjectValue served)
    {
        served["apiVersion"] = "autoscaling/v2";
        var spec = served.GetOrAddObject("spec");
        var metrics = TakeAnnotation(served, MetricsAnnotation, "spec", "metrics") as ListValue ?? new ListValue();
        if (spec["targetCPUUtilizationPercentage"]?.AsInt64() is { } percentage)
            metrics.Insert(0, CpuMetric("target", "averageUtilization", percentage, "Utilization"));
        spec.Remove("targetCPUUtilizationPercentage");
        if (metrics.Count == 0)
            metrics.Add(CpuMetric("target", "averageUtilization", DefaultPercentage, "Utilization"));
        spec["metrics"] = metrics;
        spec["behavior"] = TakeAnnotation(served, BehaviorAnnotation, "spec", "behavior");
        StatusToStorage(served);
        return served;
    }

    private static void StatusToStorage(ObjectValue served)
    {
        var conditions = TakeAnnotation(served, ConditionsAnnotation, "status", "conditions");
        var current = TakeAnnotation(served, CurrentMetricsAnnotation, "status", "currentMetrics") as ListValue;
        if (served.GetObject("status") is not { } status)
            return;
        current ??= new ListValue();
        if (status["currentCPUUtilizationPercentage"]?.AsInt64() is { } percentage)
            current.Insert(0, CpuMetric("current", "averageUtilization", percentage, null));
        status.Remove("currentCPUUtilizationPercentage");
        status["currentMetrics"] = current.Count > 0 ? current : null;
        status["conditions"] = conditions;
    }

    /// <summary>To v1.</summary>
    public static ObjectValue FromStorage(ObjectValue stored)
    {
        stored["apiVersion"] = "autoscaling/v1";
        var spec = stored.GetOrAddObject("spec");
        spec["targetCPUUtilizationPercentage"] = TakeCpu(spec.GetList("metrics"), "target");
        PutAnnotation(stored, MetricsAnnotation, spec.GetList("metrics"));
        PutAnnotation(stored, BehaviorAnnotation, spec["behavior"]);
        spec.Remove("metrics");
        spec.Remove("behavior");
        if (stored.GetObject("status") is { } status)
        {
            status["currentCPUUtilizationPercentage"] = TakeCpu(status.GetList("currentMetrics"), "current");
            PutAnnotation(stored, CurrentMetricsAnnotation, status.GetList("currentMetrics"));
            PutAnnotation(stored, ConditionsAnnotation, status["conditions"]);
            status.Remove("currentMetrics");
            status.Remove("conditions");
        }

        return stored;
    }

    private static ObjectValue CpuMetric(string side, string field, long value, string? type)
    {
        var amount = new ObjectValue();
        if (type is not null)
            amount["type"] = type;
        amount[field] = value;
        return new ObjectValue { { "type", "Resource" }, { "resource", new ObjectValue { { "name", "cpu" }, { side, amount } } } };
    }

    // The CPU utilization among the metrics, which it takes out; null when there is none.
    private static Value? TakeCpu(ListValue? metrics, string side)
    {
        for (var i = 0; i < (metrics?.Count ?? 0); i++)
        {
            var resource = metrics![i].AsObject()?.GetObject("resource");
            if (resource?.GetString("name") != "cpu" || resource.GetObject(side)?["averageUtilization"] is not { } utilization)
                continue;
            metrics.RemoveAt(i);
            return utilization;
        }

        return null;
    }

    // What is no value of the field that it is to become says nothing: anybody may write an annotation.
    private static Value? TakeAnnotation(ObjectValue item, string name, string part, string field)
    {
        var annotations = item.GetObject("metadata")?.GetObject("annotations");
        if (annotations?.GetString(name) is not { } text)
            return null;
        annotations.Remove(name);
        return AnnotationJson.Parse(text) is { } value && IsOf(part, field, value) ? value : null;
    }

    private static bool IsOf(string part, string field, Value value)
    {
        try
        {
            var probe = new ObjectValue { { part, new ObjectValue { { field, value.DeepClone() } } } };
            ObjectDecoder.Normalize(probe, BuiltIn.Schema["autoscaling/v2.HorizontalPodAutoscaler"]);
            return true;
        }
        catch (DecodeException)
        {
            return false;
        }
    }

    private static void PutAnnotation(ObjectValue item, string name, Value? value)
    {
        if (value is not null and not ListValue { Count: 0 })
            item.GetOrAddObject("metadata").GetOrAddObject("annotations")[name] = value.ToString();
    }
}
