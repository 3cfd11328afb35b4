using Xebec.Api.Rules.Apiextensions;
using Xebec.Api.Rules.Apps;
using Xebec.Api.Rules.Autoscaling;
using Xebec.Api.Rules.Batch;
using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Declarations;
using Xebec.Api.Rules.Networking;
using Xebec.Api.Rules.Rbac;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules;

/// <summary>Every type with rules in code, by full name; all other rules are in Schema/*.rules.</summary>
internal static class CodedRules
{
    private static readonly Dictionary<string, CodedRule> Table = new(StringComparer.Ordinal)
    {
        ["core/v1.Container"] = new(Default: ContainerRules.Default),
        ["core/v1.EphemeralContainerCommon"] = new(Default: ContainerRules.Default),
        ["core/v1.LimitRangeItem"] = new(Default: LimitRangeRules.Default),
        ["core/v1.Namespace"] = new(Default: NamespaceRules.Default),
        ["core/v1.NodeStatus"] = new(Default: NodeRules.Default),
        ["core/v1.Pod"] = new(Default: PodRules.Default),
        ["core/v1.PodSpec"] = new(Default: PodSpecRules.Default),
        ["core/v1.ReplicationController"] = new(Default: ReplicationControllerRules.Default),
        ["core/v1.Secret"] = new(Default: SecretRules.Default),
        ["core/v1.Service"] = new(Default: ServiceRules.Default),
        ["core/v1.Volume"] = new(Default: VolumeRules.Default),
        ["apps/v1.StatefulSet"] = new(Default: StatefulSetRules.Default),
        ["apiextensions/v1.CustomResourceDefinitionSpec"] = new(Default: CustomResourceDefinitionRules.Default),
        ["autoscaling/v2.HorizontalPodAutoscalerBehavior"] = new(Default: HorizontalPodAutoscalerRules.DefaultBehavior),
        ["batch/v1.Job"] = new(Default: JobRules.Default),
        ["networking/v1.NetworkPolicySpec"] = new(Default: NetworkPolicyRules.Default),
        ["rbac/v1.Subject"] = new(Default: SubjectRules.Default),
    };

    /// <summary>The rule of a type, null when it has none.</summary>
    public static CodedRule? Find(StructSchema type) => Table.GetValueOrDefault(type.FullName);

    /// <summary>The computed defaults of a type and of the types it inlines.</summary>
    public static List<Action<ObjectValue>> DefaultsOf(StructSchema type)
    {
        var actions = new List<Action<ObjectValue>>();
        if (Find(type)?.Default is { } own)
            actions.Add(own);
        foreach (var inlined in RuleCatalog.InlinedBy(type))
            actions.AddRange(DefaultsOf(inlined));
        return actions;
    }
}
