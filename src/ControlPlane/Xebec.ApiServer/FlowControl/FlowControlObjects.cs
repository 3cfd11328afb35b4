using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.FlowControl;

/// <summary>The FlowSchemas and PriorityLevelConfigurations that every server begins with, with upstream's names and figures.</summary>
internal static class FlowControlObjects
{
    public const string Group = "flowcontrol.apiserver.k8s.io";

    /// <summary>Those that are always as the server says.</summary>
    public static IReadOnlyList<ObjectValue> MandatoryPriorityLevels { get; } = [ExemptLevel(), Level("catch-all", 5, 0, null)];

    /// <summary>Those that are always as the server says.</summary>
    public static IReadOnlyList<ObjectValue> MandatoryFlowSchemas { get; } =
    [
        Schema("exempt", "exempt", 1, "", Everything(Subjects("Group", "system:masters"))),
        Schema("catch-all", "catch-all", 10000, "ByUser", Everything(Subjects("Group", "system:unauthenticated", "system:authenticated"))),
    ];

    /// <summary>Those that users may make their own.</summary>
    public static IReadOnlyList<ObjectValue> SuggestedPriorityLevels { get; } =
    [
        Level("system", 30, 33, (64, 6, 50)),
        Level("node-high", 40, 25, (64, 6, 50)),
        Level("leader-election", 10, 0, (16, 4, 50)),
        Level("workload-high", 40, 50, (128, 6, 50)),
        Level("workload-low", 100, 90, (128, 6, 50)),
        Level("global-default", 20, 50, (128, 6, 50)),
    ];

    /// <summary>Those that users may make their own.</summary>
    public static IReadOnlyList<ObjectValue> SuggestedFlowSchemas { get; } =
    [
        Schema("probes", "exempt", 2, "", Rule(
            Subjects("Group", "system:unauthenticated", "system:authenticated"), [], [Paths(["get"], "/healthz", "/readyz", "/livez")])),
        Schema("system-leader-election", "leader-election", 100, "ByUser", Rule(
            [.. Subjects("User", "system:kube-controller-manager", "system:kube-scheduler"), Account("*")],
            [Resources(["get", "create", "update"], "coordination.k8s.io", ["leases"])], [])),
        Schema("endpoint-controller", "workload-high", 150, "ByUser", Rule(
            [.. Subjects("User", "system:kube-controller-manager"), Account("endpoint-controller"), Account("endpointslicemirroring-controller")],
            [Resources(["get", "create", "update"], "", ["endpoints"])], [])),
        Schema("workload-leader-election", "leader-election", 200, "ByUser", Rule(
            [Account("*")], [Resources(["get", "create", "update"], "coordination.k8s.io", ["leases"])], [])),
        Schema("system-node-high", "node-high", 400, "ByUser", Rule(
            Subjects("Group", "system:nodes"),
            [Resources(["*"], "", ["nodes", "nodes/status"], clusterScope: true), Resources(["*"], "coordination.k8s.io", ["leases"])], [])),
        Schema("system-nodes", "system", 500, "ByUser", Everything(Subjects("Group", "system:nodes"))),
        Schema("kube-controller-manager", "workload-high", 800, "ByNamespace", Everything(Subjects("User", "system:kube-controller-manager"))),
        Schema("kube-scheduler", "workload-high", 800, "ByNamespace", Everything(Subjects("User", "system:kube-scheduler"))),
        Schema("kube-system-service-accounts", "workload-high", 900, "ByNamespace", Everything([Account("*")])),
        Schema("service-accounts", "workload-low", 9000, "ByUser", Everything(Subjects("Group", "system:serviceaccounts"))),
        Schema("global-default", "global-default", 9900, "ByUser", Everything(Subjects("Group", "system:unauthenticated", "system:authenticated"))),
    ];

    private static ObjectValue ExemptLevel() => Named("exempt", new ObjectValue
    {
        { "type", "Exempt" },
        { "exempt", new ObjectValue { { "nominalConcurrencyShares", 0L }, { "lendablePercent", 0L } } },
    });

    private static ObjectValue Level(string name, long shares, long lendable, (long Queues, long HandSize, long Length)? queuing)
    {
        var response = new ObjectValue { { "type", queuing is null ? "Reject" : "Queue" } };
        if (queuing is { } q)
            response["queuing"] = new ObjectValue { { "queues", q.Queues }, { "handSize", q.HandSize }, { "queueLengthLimit", q.Length } };
        var limited = new ObjectValue { { "nominalConcurrencyShares", shares }, { "limitResponse", response }, { "lendablePercent", lendable } };
        return Named(name, new ObjectValue { { "type", "Limited" }, { "limited", limited } });
    }

    private static ObjectValue Schema(string name, string level, long precedence, string distinguisher, ObjectValue rule)
    {
        var spec = new ObjectValue
        {
            { "priorityLevelConfiguration", new ObjectValue { { "name", level } } },
            { "matchingPrecedence", precedence },
        };
        if (distinguisher.Length > 0)
            spec["distinguisherMethod"] = new ObjectValue { { "type", distinguisher } };
        spec["rules"] = new ListValue([rule]);
        return Named(name, spec);
    }

    private static ObjectValue Named(string name, ObjectValue spec) =>
        new() { { "metadata", new ObjectValue { { "name", name } } }, { "spec", spec } };

    private static ObjectValue Everything(ObjectValue[] subjects) =>
        Rule(subjects, [Resources(["*"], "*", ["*"], clusterScope: true)], [Paths(["*"], "*")]);

    private static ObjectValue Rule(ObjectValue[] subjects, ObjectValue[] resources, ObjectValue[] paths)
    {
        var rule = new ObjectValue { { "subjects", new ListValue(subjects) } };
        if (resources.Length > 0)
            rule["resourceRules"] = new ListValue(resources);
        if (paths.Length > 0)
            rule["nonResourceRules"] = new ListValue(paths);
        return rule;
    }

    private static ObjectValue Resources(string[] verbs, string group, string[] resources, bool clusterScope = false)
    {
        var rule = new ObjectValue { { "verbs", Texts(verbs) }, { "apiGroups", Texts([group]) }, { "resources", Texts(resources) } };
        if (clusterScope)
            rule["clusterScope"] = true;
        rule["namespaces"] = Texts(["*"]);
        return rule;
    }

    private static ObjectValue Paths(string[] verbs, params string[] paths) => new() { { "verbs", Texts(verbs) }, { "nonResourceURLs", Texts(paths) } };

    private static ObjectValue[] Subjects(string kind, params string[] names) => Array.ConvertAll(names, name => new ObjectValue
    {
        { "kind", kind },
        { kind == "User" ? "user" : "group", new ObjectValue { { "name", name } } },
    });

    private static ObjectValue Account(string name) => new()
    {
        { "kind", "ServiceAccount" },
        { "serviceAccount", new ObjectValue { { "namespace", "kube-system" }, { "name", name } } },
    };

    private static ListValue Texts(IEnumerable<string> texts) => new(texts.Select(t => (Value)t));
}
