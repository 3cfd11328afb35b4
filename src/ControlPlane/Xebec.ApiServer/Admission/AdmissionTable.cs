using Xebec.ApiServer.Admission.Policies;
using Xebec.ApiServer.Admission.Quota;
using Xebec.ApiServer.Admission.Webhooks;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission;

/// <summary>The admission plugins of a server, in upstream's order.</summary>
internal static class AdmissionTable
{
    /// <summary>The plugins.</summary>
    public static IReadOnlyList<IAdmissionPlugin> Create(
        AdmissionParts parts, QuotaLedger quotas, AdmissionPolicies policies, AdmissionWebhooks webhooks)
    {
        var plugins = new List<IAdmissionPlugin> { new NamespaceLifecycle(parts), new LimitRanger(parts) };
        if (parts.ServiceAccounts)
            plugins.Add(new ServiceAccountAdmission(parts));
        plugins.AddRange(
        [
            new NodeRestriction(),
            new TaintNodesByCondition(),
            new PodSecurity.PodSecurityAdmission(parts),
            new PriorityAdmission(parts),
            new DefaultTolerationSeconds(),
            new DefaultStorageClass(parts),
            new RuntimeClassAdmission(parts),
            new CertificateAdmission(parts),
            new DefaultIngressClass(parts),
        ]);
        if (parts.Rbac is { } rbac)
            plugins.Add(new RoleEscalation(rbac, parts.Authorizer, parts.Catalog));
        plugins.AddRange([policies.Mutating, webhooks.Mutating, policies.Validating, webhooks.Validating]);
        plugins.Add(new ResourceQuotaAdmission(parts, quotas));
        return plugins;
    }
}
