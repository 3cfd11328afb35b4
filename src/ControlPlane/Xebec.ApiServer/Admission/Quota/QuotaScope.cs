using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;
using Xebec.Api.Rules.Core;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>Whether a pod is in a scope of a quota.</summary>
internal static class QuotaScope
{
    public static bool Matches(ObjectValue scope, ObjectValue pod)
    {
        var spec = pod.GetObject("spec") ?? new ObjectValue();
        var isTerminating = spec["activeDeadlineSeconds"]?.AsInt64() is >= 0;
        return scope.GetString("scopeName") switch
        {
            "Terminating" => isTerminating,
            "NotTerminating" => !isTerminating,
            "BestEffort" => PodQuality.Of(pod.GetObject("spec")) == "BestEffort",
            "NotBestEffort" => PodQuality.Of(pod.GetObject("spec")) != "BestEffort",
            "PriorityClass" => MatchesPriorityClass(scope, spec.GetString("priorityClassName") ?? ""),
            "CrossNamespacePodAffinity" => UsesOtherNamespaces(spec["affinity"]),
            _ => false,
        };
    }

    private static bool MatchesPriorityClass(ObjectValue scope, string name)
    {
        var isListed = scope.GetList("values")?.Any(v => v.AsString() == name) == true;
        return scope.GetString("operator") switch
        {
            "In" => isListed,
            "NotIn" => !isListed,
            "DoesNotExist" => name.Length == 0,
            _ => name.Length > 0,
        };
    }

    private static bool UsesOtherNamespaces(Value? value) => value switch
    {
        ListValue list => list.Any(UsesOtherNamespaces),
        ObjectValue tree => tree.GetList("namespaces") is { Count: > 0 } || tree.GetObject("namespaceSelector") is not null ||
            tree.Any(m => UsesOtherNamespaces(m.Value)),
        _ => false,
    };
}
