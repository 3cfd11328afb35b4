using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Admission.PodSecurity;

/// <summary>Holds pods to the Pod Security Standard that their namespace's labels name (KEP-2579): refuses, warns, or notes it for the audit log.</summary>
internal sealed class PodSecurityAdmission(AdmissionParts parts) : IAdmissionPlugin
{
    private const string AnnotationPrefix = "pod-security.kubernetes.io/";

    /// <inheritdoc/>
    public string Name => "PodSecurity";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) => request.Operation is AdmissionOperation.Create or AdmissionOperation.Update &&
        (request.Is("", "namespaces") || (request.Resource.Namespaced && request.Subresource switch
        {
            "" => PodIn(request) is not null,
            "ephemeralcontainers" => request.Operation == AdmissionOperation.Update && PodIn(request) is not null,
            _ => false,
        }));

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Is("", "namespaces"))
            CheckNamespace(request);
        else if (parts.Find("", "namespaces", "", request.Namespace) is { } ns && !SpecIsUnchanged(request))
            CheckPod(request, NamespacePolicy.Read(label => ns.Facts.Labels.GetValueOrDefault(label)));
        return ValueTask.CompletedTask;
    }

    private static void CheckPod(AdmissionRequest request, NamespacePolicy policy)
    {
        var pod = PodIn(request)!;
        var isPod = request.Resource.Plural == "pods";
        if (policy.Errors.Count > 0)
            request.Annotate(AnnotationPrefix + "error", $"Failed to parse policy: {string.Join(", ", policy.Errors.Select(e => e.ToString()))}");
        var enforced = isPod ? PodSecurityChecks.Violations(pod, policy.Enforce) : "";
        if (isPod)
            request.Annotate(AnnotationPrefix + "enforce-policy", policy.Enforce.ToString());
        if ((isPod && policy.Audit == policy.Enforce ? enforced : PodSecurityChecks.Violations(pod, policy.Audit)) is { Length: > 0 } noted)
            request.Annotate(AnnotationPrefix + "audit-violations", $"would violate PodSecurity \"{policy.Audit}\": {noted}");
        if (enforced.Length > 0)
            throw Denied.Because(request, $"violates PodSecurity \"{policy.Enforce}\": {enforced}");
        // What passed at a level passes there again.
        if (!(isPod && policy.Warn == policy.Enforce) && PodSecurityChecks.Violations(pod, policy.Warn) is { Length: > 0 } problem)
            request.Warn($"would violate PodSecurity \"{policy.Warn}\": {problem}");
    }

    // New labels must be right, wrong ones that were there already may stay; who raises the level is told which pods would not pass it.
    private void CheckNamespace(AdmissionRequest request)
    {
        var policy = PolicyOf(request.Object!);
        var before = request.OldObject is { } old ? PolicyOf(old) : null;
        if (policy.Errors.Count > 0 && (before is null || Text(policy) != Text(before)))
            throw ApiErrors.Invalid("", "Namespace", request.Name, policy.Errors);
        var isRelaxed = before is null || policy.Enforce == before.Enforce ||
            (policy.Enforce.Minor == before.Enforce.Minor && policy.Enforce.Level <= before.Enforce.Level);
        if (isRelaxed || policy.Enforce.Level == PodSecurityLevel.Privileged)
            return;
        foreach (var warning in ExistingPods.Warnings(parts.List("", "pods", request.Name), request.Name, policy.Enforce))
            request.Warn(warning);
    }

    private static NamespacePolicy PolicyOf(ObjectValue ns)
    {
        var labels = ns.GetObject("metadata")?.GetObject("labels");
        return NamespacePolicy.Read(label => labels?.GetString(label));
    }

    private static string Text(NamespacePolicy policy) => string.Join(", ", policy.Errors.Select(e => e.ToString()));

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
