using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Warnings;

/// <summary>Labels of nodes that go by other names now.</summary>
internal static class NodeLabelWarnings
{
    /// <summary>What to use in the place of a label, null when it is not deprecated.</summary>
    public static string? Message(string label) => label switch
    {
        "beta.kubernetes.io/arch" => Since("v1.14", "kubernetes.io/arch"),
        "beta.kubernetes.io/os" => Since("v1.14", "kubernetes.io/os"),
        "beta.kubernetes.io/instance-type" => Since("v1.17", "node.kubernetes.io/instance-type"),
        "failure-domain.beta.kubernetes.io/region" => Since("v1.17", "topology.kubernetes.io/region"),
        "failure-domain.beta.kubernetes.io/zone" => Since("v1.17", "topology.kubernetes.io/zone"),
        _ => null,
    };

    /// <summary>The keys of a map of labels.</summary>
    public static void ReportLabels(ObjectValue? labels, FieldPath path, Action<string> warn)
    {
        foreach (var (label, _) in labels ?? [])
        {
            if (Message(label) is { } message)
                warn($"{path.Key(label)}: {message}");
        }
    }

    /// <summary>The keys of a node selector's term.</summary>
    public static void ReportTerm(ObjectValue? term, FieldPath path, Action<string> warn)
    {
        ReportExpressions(term?.GetList("matchExpressions"), path.Child("matchExpressions"), warn);
        ReportExpressions(term?.GetList("matchLabelExpressions"), path.Child("matchLabelExpressions"), warn);
    }

    /// <summary>The keys of a storage class's topologies.</summary>
    public static void ReportTopologies(ListValue? terms, FieldPath path, Action<string> warn)
    {
        for (var i = 0; i < (terms?.Count ?? 0); i++)
            ReportTerm(terms![i].AsObject(), path.Index(i), warn);
    }

    private static void ReportExpressions(ListValue? expressions, FieldPath path, Action<string> warn)
    {
        for (var i = 0; i < (expressions?.Count ?? 0); i++)
        {
            var key = expressions![i].AsObject()?.GetString("key") ?? "";
            if (Message(key) is { } message)
                warn($"{path.Index(i).Child("key")}: {key} is {message}");
        }
    }

    private static string Since(string version, string label) => $"deprecated since {version}; use \"{label}\" instead";
}
