using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Warnings;

/// <summary>What a client is warned of when it writes a built-in kind that is valid and yet not what it should be.</summary>
internal static class KindWarnings
{
    private const string PodsName = "metadata.name: this is used in Pod names and hostnames, " + Recommended;
    private const string PodName = "metadata.name: this is used in the Pod's hostname, " + Recommended;
    private const string Recommended = "which can result in surprising behavior; a DNS label is recommended: ";

    /// <summary>Gives the warnings of a write of an object (not of a subresource); stored is null on create.</summary>
    public static void Report(WriteRequest request, ObjectValue updated, ObjectValue? stored)
    {
        if (!request.IsHeard || request.Resource.IsCustom)
            return;
        switch (request.Resource.Info.QualifiedPlural)
        {
            case "pods":
                ReportPod(updated, stored, request.Warn);
                break;
            case "deployments.apps" or "replicasets.apps" or "replicationcontrollers" or "statefulsets.apps" or "daemonsets.apps"
                or "jobs.batch" or "cronjobs.batch" or "podtemplates":
                ReportWorkload(request.Resource.Info.QualifiedPlural, updated, stored, request.Warn);
                break;
            case "services":
                ServiceWarnings.Report(updated, request.Warn);
                break;
            case "persistentvolumes":
                VolumeWarnings.ReportVolume(updated, request.Warn);
                break;
            case "persistentvolumeclaims":
                VolumeWarnings.ReportClaim(updated, request.Warn);
                break;
            case "ingresses.networking.k8s.io" when stored is null:
                ReportIngress(updated, request.Warn);
                break;
            case "endpointslices.discovery.k8s.io" when updated.GetString("addressType") == "FQDN":
                request.Warn("addressType: FQDN endpoints are deprecated");
                break;
            case "runtimeclasses.node.k8s.io":
                NodeLabelWarnings.ReportLabels(
                    updated.GetObject("scheduling")?.GetObject("nodeSelector"), FieldPath.Root("scheduling").Child("nodeSelector"), request.Warn);
                break;
            case "storageclasses.storage.k8s.io":
                NodeLabelWarnings.ReportTopologies(updated.GetList("allowedTopologies"), FieldPath.Root("allowedTopologies"), request.Warn);
                break;
        }
    }

    // Pods are updated by machines, which read no warnings.
    private static void ReportPod(ObjectValue pod, ObjectValue? stored, Action<string> warn)
    {
        if (stored is not null)
            return;
        ReportName(pod, PodName, warn);
        PodWarnings.Report(pod, null, warn);
    }

    private static void ReportWorkload(string plural, ObjectValue updated, ObjectValue? stored, Action<string> warn)
    {
        if (stored is not null && Generation(updated) == Generation(stored))
            return;
        if (stored is null && plural is not ("daemonsets.apps" or "podtemplates"))
            ReportName(updated, PodsName, warn);
        var (holder, path) = plural switch
        {
            "podtemplates" => (updated, FieldPath.Root("template")),
            "cronjobs.batch" => (
                updated.GetObject("spec")?.GetObject("jobTemplate")?.GetObject("spec"),
                FieldPath.Root("spec").Child("jobTemplate", "spec", "template")),
            _ => (updated.GetObject("spec"), FieldPath.Root("spec").Child("template")),
        };
        if (plural is "jobs.batch" or "cronjobs.batch")
            ReportIndexes(holder, plural == "jobs.batch" ? "spec" : "spec.jobTemplate.spec", warn);
        if (holder?.GetObject("template") is { } template)
            PodWarnings.Report(template, path, warn);
        if (plural == "statefulsets.apps")
            ReportStatefulSet(updated.GetObject("spec") ?? [], warn);
        if (plural == "cronjobs.batch" && updated.GetObject("spec")?.GetString("schedule")?.Contains("TZ", StringComparison.Ordinal) == true)
        {
            warn("CRON_TZ or TZ used in spec.spec.schedule is not officially supported, see "
                + "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details");
        }
    }

    private static void ReportIndexes(ObjectValue? spec, string path, Action<string> warn)
    {
        const string Message = "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, "
            + "Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
        if (spec?.GetString("completionMode") == "Indexed" && spec["completions"]?.AsInt64() > 100_000 && spec["parallelism"]?.AsInt64() > 10_000)
            warn($"{path}: {Message}");
    }

    private static void ReportStatefulSet(ObjectValue spec, Action<string> warn)
    {
        var claims = spec.GetList("volumeClaimTemplates") ?? [];
        for (var i = 0; i < claims.Count; i++)
            VolumeWarnings.ReportClaimSpec(claims[i].AsObject()?.GetObject("spec"), FieldPath.Root("spec").Child("volumeClaimTemplates").Index(i), warn);
        if (spec["revisionHistoryLimit"]?.AsInt64() < 0)
            warn("spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended");
    }

    private static void ReportIngress(ObjectValue ingress, Action<string> warn)
    {
        if (ingress.GetObject("metadata")?.GetObject("annotations")?.ContainsKey("kubernetes.io/ingress.class") == true)
            warn("annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead");
    }

    private static void ReportName(ObjectValue item, string message, Action<string> warn)
    {
        if (NameRules.DnsLabel(item.GetObject("metadata")?.GetString("name") ?? "") is { Count: > 0 } messages)
            warn($"{message}[{string.Join(' ', messages)}]");
    }

    private static long? Generation(ObjectValue item) => item.GetObject("metadata")?["generation"]?.AsInt64();
}
