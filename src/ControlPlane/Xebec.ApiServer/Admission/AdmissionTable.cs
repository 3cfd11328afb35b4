using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission;

/// <summary>The admission plugins of a server, in upstream's order.</summary>
internal static class AdmissionTable
{
    /// <summary>The plugins.</summary>
    public static IReadOnlyList<IAdmissionPlugin> Create(AdmissionParts parts) =>
    [
        new NamespaceLifecycle(parts),
        .. parts.ServiceAccounts ? [new ServiceAccountAdmission(parts)] : (IEnumerable<IAdmissionPlugin>)[],
        new PriorityAdmission(parts),
        new DefaultTolerationSeconds(),
        .. parts.Rbac is { } rbac ? [new RoleEscalation(rbac, parts.Authorizer, parts.Catalog)] : (IEnumerable<IAdmissionPlugin>)[],
    ];
}
