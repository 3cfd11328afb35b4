using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Quantities;

namespace Xebec.Api.Rules.Core;

/// <summary>What kind of resource a name stands for.</summary>
internal static class ResourceNames
{
    private static readonly HashSet<string> Counted = new(StringComparer.Ordinal)
    {
        "pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps", "persistentvolumeclaims",
        "services.nodeports", "services.loadbalancers",
    };

    private static readonly HashSet<string> Measured = new(StringComparer.Ordinal)
    {
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu",
        "limits.memory", "limits.ephemeral-storage", "requests.storage",
    };

    /// <summary>cpu, memory, ephemeral-storage and huge pages: what a container can ask for without a vendor's prefix.</summary>
    public static bool IsStandardForContainers(string name) =>
        name is "cpu" or "memory" or "ephemeral-storage" || IsHugePages(name);

    /// <summary>What a quota can limit without a vendor's prefix.</summary>
    public static bool IsStandardForQuota(string name) => Counted.Contains(name) || Measured.Contains(name)
        || IsHugePages(name) || name.StartsWith("requests.hugepages-", StringComparison.Ordinal);

    /// <summary>A name that the platform knows.</summary>
    public static bool IsStandard(string name) => name == "storage" || IsStandardForQuota(name);

    /// <summary>Huge pages of some size.</summary>
    public static bool IsHugePages(string name) => name.StartsWith("hugepages-", StringComparison.Ordinal);

    /// <summary>Whether an amount is a whole number of pages.</summary>
    public static bool IsWholePages(string name, Quantity amount) =>
        Quantity.TryParse(name.AsSpan("hugepages-".Length), out var page) && page.Value > 0
        && decimal.Truncate(page.Value) == page.Value && amount.WholeValue % page.WholeValue == 0;

    /// <summary>Requests may be lower than limits: the platform's own resources but huge pages.</summary>
    public static bool CanOvercommit(string name) => IsNative(name) && !IsHugePages(name);

    /// <summary>Counted in whole units only: vendors' resources and counts of objects.</summary>
    public static bool IsWhole(string name) => Counted.Contains(name) || IsExtended(name);

    /// <summary>A vendor's resource, whose name a quota can prefix.</summary>
    public static bool IsExtended(string name) => !IsNative(name)
        && !name.StartsWith("requests.", StringComparison.Ordinal) && NameRules.QualifiedName("requests." + name).Count == 0;

    /// <summary>The platform's own.</summary>
    public static bool IsNative(string name) =>
        !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);

    /// <summary>A count of objects that a quota's scope for pods selects.</summary>
    public static bool IsOfPods(string name) =>
        name is "pods" or "cpu" or "memory" or "limits.cpu" or "limits.memory" or "requests.cpu" or "requests.memory";
}
