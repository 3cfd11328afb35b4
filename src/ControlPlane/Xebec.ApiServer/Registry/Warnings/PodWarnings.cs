using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Warnings;

/// <summary>Pods and pod templates: what is deprecated, has no effect, or hides something else.</summary>
internal static class PodWarnings
{
    private const string NullSelector = "a null labelSelector results in matching no pod";

    private static readonly (string Key, string Message)[] Annotations =
    [
        ("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
        ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
        ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    ];

    /// <summary>The warnings of a pod (without a path) or of the template at a path.</summary>
    public static void Report(ObjectValue pod, FieldPath? path, Action<string> warn)
    {
        var (spec, annotations) = (pod.GetObject("spec") ?? [], pod.GetObject("metadata")?.GetObject("annotations") ?? []);
        var (specPath, metaPath) = (Below(path, "spec"), Below(path, "metadata").Child("annotations"));
        ReportNodes(spec, specPath, warn);
        foreach (var (key, message) in Annotations)
        {
            if (annotations.ContainsKey(key))
                warn($"{metaPath.Key(key)}: {message}");
        }

        PodVolumeWarnings.Report(spec, specPath, warn);
        ReportRepeated(spec.GetList("hostAliases"), "ip", specPath.Child("hostAliases"), warn);
        ReportRepeated(spec.GetList("imagePullSecrets"), "name", specPath.Child("imagePullSecrets"), warn);
        ReportNameless(spec.GetList("imagePullSecrets"), specPath.Child("imagePullSecrets"), warn);
        foreach (var resource in new[] { "memory", "ephemeral-storage" })
            VolumeWarnings.ReportBytes(spec.GetObject("overhead"), resource, specPath.Child("overhead"), warn);
        PodContainerWarnings.Report(spec, annotations, specPath, metaPath, path is not null, warn);
        PodPortWarnings.Report(spec, specPath, warn);
        if (spec["terminationGracePeriodSeconds"]?.AsInt64() < 0)
            warn($"{specPath.Child("terminationGracePeriodSeconds")}: must be >= 0; negative values are invalid and will be treated as 1");
        foreach (var affinity in new[] { "podAffinity", "podAntiAffinity" })
            ReportAffinity(spec.GetObject("affinity")?.GetObject(affinity), specPath.Child("affinity", affinity), warn);
    }

    private static FieldPath Below(FieldPath? path, string field) => path is null ? FieldPath.Root(field) : path.Child(field);

    private static void ReportNodes(ObjectValue spec, FieldPath path, Action<string> warn)
    {
        NodeLabelWarnings.ReportLabels(spec.GetObject("nodeSelector"), path.Child("nodeSelector"), warn);
        var affinity = spec.GetObject("affinity")?.GetObject("nodeAffinity");
        var affinityPath = path.Child("affinity", "nodeAffinity");
        NodeLabelWarnings.ReportTopologies(
            affinity?.GetObject("requiredDuringSchedulingIgnoredDuringExecution")?.GetList("nodeSelectorTerms"),
            affinityPath.Child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"), warn);
        var preferred = affinity?.GetList("preferredDuringSchedulingIgnoredDuringExecution") ?? [];
        for (var i = 0; i < preferred.Count; i++)
        {
            var term = preferred[i].AsObject()?.GetObject("preference");
            NodeLabelWarnings.ReportTerm(term, affinityPath.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i).Child("preference"), warn);
        }

        var constraints = spec.GetList("topologySpreadConstraints") ?? [];
        for (var i = 0; i < constraints.Count; i++)
            ReportSpread(constraints[i].AsObject() ?? [], path.Child("topologySpreadConstraints").Index(i), warn);
    }

    private static void ReportSpread(ObjectValue constraint, FieldPath path, Action<string> warn)
    {
        var key = constraint.GetString("topologyKey") ?? "";
        if (NodeLabelWarnings.Message(key) is { } message)
            warn($"{path.Child("topologyKey")}: {key} is {message}");
        if (constraint.GetObject("labelSelector") is null)
            warn($"{path.Child("labelSelector")}: {NullSelector}");
    }

    private static void ReportAffinity(ObjectValue? affinity, FieldPath path, Action<string> warn)
    {
        const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
        const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        var (required, preferred) = (affinity?.GetList(Required) ?? [], affinity?.GetList(Preferred) ?? []);
        for (var i = 0; i < required.Count; i++)
        {
            if (required[i].AsObject()?.GetObject("labelSelector") is null)
                warn($"{path.Child(Required).Index(i).Child("labelSelector")}: {NullSelector}");
        }

        for (var i = 0; i < preferred.Count; i++)
        {
            if (preferred[i].AsObject()?.GetObject("podAffinityTerm")?.GetObject("labelSelector") is null)
                warn($"{path.Child(Preferred).Index(i).Child("podAffinityTerm", "labelSelector")}: {NullSelector}");
        }
    }

    private static void ReportRepeated(ListValue? items, string field, FieldPath path, Action<string> warn)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (items?.Count ?? 0); i++)
        {
            var text = items![i].AsObject()?.GetString(field) ?? "";
            if (!seen.Add(text))
                warn($"{path.Index(i).Child(field)}: duplicate {field} {GoText.Quote(text)}");
        }
    }

    private static void ReportNameless(ListValue? secrets, FieldPath path, Action<string> warn)
    {
        for (var i = 0; i < (secrets?.Count ?? 0); i++)
        {
            if (secrets![i].AsObject()?.GetString("name") is null or "")
                warn($"{path.Index(i).Child("name")}: invalid empty name \"\"");
        }
    }
}
