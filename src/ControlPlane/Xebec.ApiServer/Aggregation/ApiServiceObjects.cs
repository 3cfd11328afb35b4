using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Discovery;

namespace Xebec.ApiServer.Aggregation;

/// <summary>The APIServices of what this server serves itself.</summary>
internal static class ApiServiceObjects
{
    public const string Group = "apiregistration.k8s.io";

    /// <summary>The label that says the server keeps an APIService.</summary>
    public const string ManagedLabel = "kube-aggregator.kubernetes.io/automanaged";

    private const long CoreVersionPriority = 1;
    private const long CustomVersionPriority = 100;

    /// <summary>The APIService of a group and version; those of CustomResourceDefinitions are kept, the others only made at the start.</summary>
    public static ObjectValue Local(GroupVersion version, bool isCustom) => new()
    {
        { "kind", "APIService" },
        { "apiVersion", Group + "/v1" },
        {
            "metadata", new ObjectValue
            {
                { "name", Name(version) },
                { "labels", new ObjectValue { { ManagedLabel, isCustom ? "true" : "onstart" } } },
            }
        },
        {
            "spec", new ObjectValue
            {
                { "group", version.Group },
                { "version", version.Version },
                { "groupPriorityMinimum", (long)GroupPriorities.Of(version.Group) },
                { "versionPriority", isCustom ? CustomVersionPriority : VersionPriority(version) },
            }
        },
    };

    /// <summary>The name of a group and version's APIService.</summary>
    public static string Name(GroupVersion version) => $"{version.Version}.{version.Group}";

    private static long VersionPriority(GroupVersion version) => version switch
    {
        { Group: "" } => CoreVersionPriority,
        { Group: "autoscaling", Version: "v2" } => 30,
        { Version: "v1" } => 15,
        _ when version.Version.Contains("beta", StringComparison.Ordinal) => 12,
        _ when version.Version.Contains("alpha", StringComparison.Ordinal) => 9,
        _ => 16,
    };

    /// <summary>An APIService whose Available condition says this; null when it says so already.</summary>
    public static ObjectValue? WithCondition(ObjectValue tree, string status, string reason, string message, string now)
    {
        var conditions = tree.GetObject("status")?.GetList("conditions")?.OfType<ObjectValue>().ToArray() ?? [];
        var known = conditions.FirstOrDefault(c => c.GetString("type") == "Available");
        if (known?.GetString("status") == status && known.GetString("reason") == reason && known.GetString("message") == message)
            return null;
        var since = known?.GetString("status") == status ? known.GetString("lastTransitionTime") ?? now : now;
        var condition = new ObjectValue
        {
            { "type", "Available" }, { "status", status }, { "lastTransitionTime", since }, { "reason", reason }, { "message", message },
        };
        var changed = (ObjectValue)tree.DeepClone();
        changed.GetOrAddObject("status")["conditions"] =
            new ListValue([.. conditions.Where(c => c != known).Select(c => (Value)c.DeepClone()), condition]);
        return changed;
    }
}
