using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Autoscaling;

/// <summary>A workload seen as a Scale, and a Scale put back into its workload. Pure.</summary>
internal static class ScaleView
{
    private static readonly string[] SharedMetadata = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"];

    /// <summary>The Scale of a workload.</summary>
    public static ObjectValue Of(ObjectValue workload)
    {
        var status = new ObjectValue { { "replicas", workload.GetObject("status")?["replicas"] ?? 0L } };
        if (SelectorText(workload) is { Length: > 0 } selector)
            status["selector"] = selector;
        return Of(workload, new ObjectValue { { "replicas", workload.GetObject("spec")?["replicas"] ?? 0L } }, status);
    }

    /// <summary>The Scale of an object, given its spec and status.</summary>
    public static ObjectValue Of(ObjectValue workload, ObjectValue spec, ObjectValue status)
    {
        var metadata = new ObjectValue();
        foreach (var name in SharedMetadata)
            metadata[name] = workload.GetObject("metadata")![name];
        return new ObjectValue
        {
            { "kind", "Scale" },
            { "apiVersion", "autoscaling/v1" },
            { "metadata", metadata },
            { "spec", spec },
            { "status", status },
        };
    }

    /// <summary>The workload with the Scale's replicas; its resourceVersion, when given, must still be the workload's.</summary>
    /// <exception cref="ApiException">422 for a negative count.</exception>
    public static ObjectValue Apply(ObjectValue workload, ObjectValue scale)
    {
        workload.GetOrAddObject("spec")["replicas"] = ReplicasOf(scale);
        PinVersion(workload, scale);
        return workload;
    }

    /// <summary>The replicas that a Scale asks for.</summary>
    /// <exception cref="ApiException">422 for a negative count.</exception>
    public static long ReplicasOf(ObjectValue scale)
    {
        var replicas = scale.GetObject("spec")?["replicas"]?.AsInt64() ?? 0;
        var name = scale.GetObject("metadata")?.GetString("name") ?? "";
        if (replicas < 0)
        {
            throw ApiErrors.Invalid(
                "autoscaling", "Scale", name,
                [FieldError.Invalid(FieldPath.Root("spec").Child("replicas"), replicas, "must be greater than or equal to 0")]);
        }

        return replicas;
    }

    /// <summary>Makes the write fail when the object is no longer the one that the Scale was read from.</summary>
    public static void PinVersion(ObjectValue workload, ObjectValue scale)
    {
        if (scale.GetObject("metadata")?.GetString("resourceVersion") is { Length: > 0 } version)
            workload.GetObject("metadata")!["resourceVersion"] = version;
    }

    // ReplicationControllers select by plain labels, the others by a LabelSelector.
    private static string SelectorText(ObjectValue workload)
    {
        var selector = workload.GetObject("spec")?.GetObject("selector");
        if (selector is null)
            return "";
        return selector.ContainsKey("matchLabels") || selector.ContainsKey("matchExpressions")
            ? LabelSelector.FromTree(selector).ToString()
            : string.Join(',', selector.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value.AsString()}"));
    }
}
