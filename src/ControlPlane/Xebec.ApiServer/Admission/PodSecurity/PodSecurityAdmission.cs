using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>Holds pods to the Pod Security Standard that their namespace's labels name (KEP-2579): refuses, or warns.</summary>
internal sealed class PodSecurityAdmission(AdmissionParts parts) : IAdmissionPlugin
{
    private const string LabelPrefix = "pod-security.kubernetes.io/";

    /// <inheritdoc/>
    public string Name => "PodSecurity";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => request.Operation switch
    {
        AdmissionOperation.Create => request.Resource.Namespaced && request.Subresource.Length == 0 && PodIn(request) is not null,
        AdmissionOperation.Update => request.Resource.Namespaced && request.Subresource is "" or "ephemeralcontainers" && PodIn(request) is not null,
        _ => false,
    };

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (parts.Find("", "namespaces", "", request.Namespace) is not { } ns || SpecIsUnchanged(request))
            return ValueTask.CompletedTask;
        var (enforced, warned) = (Level(ns.Facts.Labels, "enforce"), Level(ns.Facts.Labels, "warn"));
        var isPod = request.Resource.Plural == "pods";
        if (isPod && enforced.Level != PodSecurityLevel.Privileged && Violations(request, enforced.Level) is { Length: > 0 } why)
            throw Denied.Because(request, $"violates PodSecurity \"{enforced.Name}\": {why}");
        if (warned.Level != PodSecurityLevel.Privileged && Violations(request, warned.Level) is { Length: > 0 } problem)
            request.Warn($"would violate PodSecurity \"{warned.Name}\": {problem}");
        return ValueTask.CompletedTask;
    }

    private static string Violations(AdmissionRequest request, PodSecurityLevel level) => PodSecurityChecks.Violations(PodIn(request)!, level);

    private static (PodSecurityLevel Level, string Name) Level(IReadOnlyDictionary<string, string> labels, string mode)
    {
        var version = labels.GetValueOrDefault($"{LabelPrefix}{mode}-version", "latest");
        return labels.GetValueOrDefault(LabelPrefix + mode) switch
        {
            null or "privileged" => (PodSecurityLevel.Privileged, "privileged"),
            "baseline" => (PodSecurityLevel.Baseline, $"baseline:{version}"),
            // A level that is not known is held to the strictest one.
            _ => (PodSecurityLevel.Restricted, $"restricted:{version}"),
        };
    }

    private static bool SpecIsUnchanged(AdmissionRequest request) =>
        request.OldObject?["spec"] is { } before && before.DeepEquals(request.Object!["spec"]);

    // The pod itself, or an object with metadata and spec of the pods that a workload makes.
    private static ObjectValue? PodIn(AdmissionRequest request)
    {
        var item = request.Object!;
        return (request.Resource.GroupVersion.Group, request.Resource.Plural) switch
        {
            ("", "pods") => item,
            ("", "podtemplates") => item.GetObject("template"),
            ("apps", "deployments" or "replicasets" or "statefulsets" or "daemonsets") or ("batch", "jobs") or ("", "replicationcontrollers") =>
                item.GetObject("spec")?.GetObject("template"),
            ("batch", "cronjobs") => item.GetObject("spec")?.GetObject("jobTemplate")?.GetObject("spec")?.GetObject("template"),
            _ => null,
        };
    }
}
