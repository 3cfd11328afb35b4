using Xebec.ApiServer.Admission.Matching;
using Xebec.ApiServer.Admission.Webhooks;
using Xebec.ApiServer.WatchCache;
using Xebec.ComponentBase.Metrics;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>The two plugins that apply policies, put together.</summary>
internal sealed class AdmissionPolicies
{
    public AdmissionPolicies(AdmissionParts parts, MatchContext context, VersionedObjects versions, MetricsRegistry metrics)
    {
        var matching = new PolicyMatching(context, versions, new PolicyParams(parts.Catalog), parts.Authorizer);
        Mutating = new MutatingPolicyAdmission(
            new(Cache(parts, "mutatingadmissionpolicies"), Cache(parts, "mutatingadmissionpolicybindings"), p => new MutatingPolicy(p)),
            matching, new PolicyMetrics(metrics, "mutating"), parts.Time);
        Validating = new ValidatingPolicyAdmission(
            new(Cache(parts, "validatingadmissionpolicies"), Cache(parts, "validatingadmissionpolicybindings"), p => new ValidatingPolicy(p)),
            matching, new PolicyMetrics(metrics, "validating"), parts.Time);
    }

    /// <summary>MutatingAdmissionPolicy.</summary>
    public MutatingPolicyAdmission Mutating { get; }

    /// <summary>ValidatingAdmissionPolicy.</summary>
    public ValidatingPolicyAdmission Validating { get; }

    private static ResourceCache Cache(AdmissionParts parts, string plural) =>
        parts.Catalog.Find("admissionregistration.k8s.io", "v1", plural)!.Cache;
}
