namespace Xebec.ApiServer.Discovery;

/// <summary>
/// Upstream's order of groups (groupPriorityMinimum of its APIServices): clients that find a name in two groups take the first one.
/// </summary>
internal static class GroupPriorities
{
    /// <summary>Groups of CustomResourceDefinitions.</summary>
    private const int Custom = 1000;

    private static readonly Dictionary<string, int> ByGroup = new(StringComparer.Ordinal)
    {
        ["apiregistration.k8s.io"] = 20000,
        [""] = 18000,
        ["apps"] = 17800,
        ["events.k8s.io"] = 17750,
        ["authentication.k8s.io"] = 17700,
        ["authorization.k8s.io"] = 17600,
        ["autoscaling"] = 17500,
        ["batch"] = 17400,
        ["certificates.k8s.io"] = 17300,
        ["networking.k8s.io"] = 17200,
        ["policy"] = 17100,
        ["rbac.authorization.k8s.io"] = 17000,
        ["storage.k8s.io"] = 16800,
        ["admissionregistration.k8s.io"] = 16700,
        ["apiextensions.k8s.io"] = 16700,
        ["scheduling.k8s.io"] = 16600,
        ["coordination.k8s.io"] = 16500,
        ["node.k8s.io"] = 16300,
        ["discovery.k8s.io"] = 16200,
        ["resource.k8s.io"] = 16200,
        ["flowcontrol.apiserver.k8s.io"] = 16100,
    };

    /// <summary>The higher comes first.</summary>
    public static int Of(string group) => ByGroup.GetValueOrDefault(group, Custom);
}
