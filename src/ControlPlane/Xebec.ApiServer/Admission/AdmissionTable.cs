using Xebec.ApiServer.Admission.Certificates;
using Xebec.ApiServer.Admission.Optional;
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
        var plugins = new List<IAdmissionPlugin>
        {
            new NamespaceAutoProvision(parts),
            new NamespaceLifecycle(parts),
            new NamespaceExists(parts),
            new LimitPodHardAntiAffinityTopology(),
            new LimitRanger(parts),
        };
        if (parts.ServiceAccounts)
            plugins.Add(new ServiceAccountAdmission(parts));
        plugins.AddRange(
        [
            new NodeRestriction(parts),
            new TaintNodesByCondition(),
            new AlwaysPullImages(),
            new PodSecurity.PodSecurityAdmission(parts),
            new PodNodeSelector(parts),
            new PriorityAdmission(parts),
            new DefaultTolerationSeconds(),
            new PodTolerationRestriction(parts),
            new ExtendedResourceToleration(),
            new DefaultStorageClass(parts),
            new StorageObjectInUseProtection(),
            new OwnerReferencesPermissionEnforcement(parts),
            new PersistentVolumeClaimResize(parts),
            new RuntimeClassAdmission(parts),
            new CertificateApproval(parts),
            new CertificateSigning(parts),
            new CertificateSubjectRestriction(),
            new DefaultIngressClass(parts),
            new DenyServiceExternalIPs(),
        ]);
        if (parts.Rbac is { } rbac)
            plugins.Add(new RoleEscalation(rbac, parts.Authorizer, parts.Catalog));
        plugins.AddRange([policies.Mutating, webhooks.Mutating, policies.Validating, webhooks.Validating]);
        plugins.Add(new ResourceQuotaAdmission(parts, quotas));
        return plugins;
    }
}
