namespace Xebec.Api.Rules.Core;

/// <summary>What kind of resource a name stands for.</summary>
internal static class ResourceNames
{
    /// <summary>cpu, memory, ephemeral-storage and huge pages: what a container can ask for without a vendor's prefix.</summary>
    public static bool IsStandardForContainers(string name) =>
        name is "cpu" or "memory" or "ephemeral-storage" || IsHugePages(name);

    /// <summary>Huge pages of some size.</summary>
    public static bool IsHugePages(string name) => name.StartsWith("hugepages-", StringComparison.Ordinal);

    /// <summary>Requests may be lower than limits: the platform's own resources but huge pages.</summary>
    public static bool CanOvercommit(string name) => IsNative(name) && !IsHugePages(name);

    /// <summary>Counted in whole units only: vendors' resources and counts of objects.</summary>
    public static bool IsWhole(string name) => !IsNative(name) || name is "pods" or "services" or "replicationcontrollers"
        or "resourcequotas" or "secrets" or "configmaps" or "persistentvolumeclaims" or "services.nodeports" or "services.loadbalancers";

    private static bool IsNative(string name) =>
        !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);
}
