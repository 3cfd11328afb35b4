using Xebec.Api.Rules.Apiextensions;
using Xebec.Api.Rules.Apps;
using Xebec.Api.Rules.Autoscaling;
using Xebec.Api.Rules.Batch;
using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Declarations;
using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Networking;
using Xebec.Api.Rules.Rbac;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules;

/// <summary>Every type with rules in code, by full name; all other rules are in Schema/*.rules.</summary>
internal static class CodedRules
{
    private static readonly Dictionary<string, CodedRule> Table = new(StringComparer.Ordinal)
    {
        ["meta/v1.LabelSelector"] = new(Check: LabelSelectorRules.Check),
        ["meta/v1.LabelSelectorRequirement"] = new(Check: LabelSelectorRules.CheckRequirement),

        ["core/v1.AppArmorProfile"] = new(Check: SecurityContextRules.CheckAppArmor),
        ["core/v1.ConfigMapVolumeSource"] = new(Check: VolumeRules.CheckMode),
        ["core/v1.Container"] = new(ContainerRules.Default, ContainerRules.Check),
        ["core/v1.DownwardAPIVolumeFile"] = new(Check: UnionRules.CheckDownwardFile),
        ["core/v1.DownwardAPIVolumeSource"] = new(Check: VolumeRules.CheckMode),
        ["core/v1.EnvFromSource"] = new(Check: UnionRules.CheckEnvFrom),
        ["core/v1.EnvVar"] = new(Check: UnionRules.CheckEnvVar),
        ["core/v1.EphemeralContainerCommon"] = new(ContainerRules.Default, ContainerRules.Check),
        ["core/v1.HostPathVolumeSource"] = new(Check: VolumeRules.CheckHostPath),
        ["core/v1.KeyToPath"] = new(Check: VolumeRules.CheckMode),
        ["core/v1.LifecycleHandler"] = new(Check: UnionRules.CheckHandler),
        ["core/v1.LimitRangeItem"] = new(LimitRangeRules.Default),
        ["core/v1.NFSVolumeSource"] = new(Check: VolumeRules.CheckNfs),
        ["core/v1.Namespace"] = new(NamespaceRules.Default),
        ["core/v1.NodeSelectorRequirement"] = new(Check: SchedulingRules.CheckNodeRequirement),
        ["core/v1.NodeStatus"] = new(NodeRules.Default),
        ["core/v1.Pod"] = new(PodRules.Default, PodRules.Check, PodUpdateRules.Check) { Create = PodRules.CheckCreate },
        ["core/v1.PodSpec"] = new(PodSpecRules.Default, PodSpecRules.Check),
        ["core/v1.PodTemplateSpec"] = new(Check: PodTemplateRules.Check),
        ["core/v1.PreferredSchedulingTerm"] = new(Check: SchedulingRules.CheckPreferredWeight),
        ["core/v1.ProbeHandler"] = new(Check: UnionRules.CheckHandler),
        ["core/v1.ProjectedVolumeSource"] = new(Check: VolumeRules.CheckMode),
        ["core/v1.ReplicationController"] = new(ReplicationControllerRules.Default),
        ["core/v1.ResourceRequirements"] = new(Check: ResourceRequirementsRules.Check),
        ["core/v1.SeccompProfile"] = new(Check: SecurityContextRules.CheckSeccomp),
        ["core/v1.Secret"] = new(SecretRules.Default),
        ["core/v1.SecretVolumeSource"] = new(Check: VolumeRules.CheckMode),
        ["core/v1.SecurityContext"] = new(Check: SecurityContextRules.Check),
        ["core/v1.Service"] = new(ServiceDefaults.Default, Update: ServiceRules.CheckUpdate),
        ["core/v1.ServiceSpec"] = new(Check: ServiceRules.Check),
        ["core/v1.Toleration"] = new(Check: SchedulingRules.CheckToleration),
        ["core/v1.TopologySpreadConstraint"] = new(Check: SchedulingRules.CheckSpread),
        ["core/v1.Volume"] = new(VolumeRules.Default, VolumeRules.Check),
        ["core/v1.VolumeProjection"] = new(Check: UnionRules.CheckProjection),
        ["core/v1.WeightedPodAffinityTerm"] = new(Check: SchedulingRules.CheckPreferredWeight),

        ["apiextensions/v1.CustomResourceDefinitionSpec"] = new(CustomResourceDefinitionRules.Default),

        ["apps/v1.DaemonSetSpec"] = new(Check: DaemonSetRules.Check),
        ["apps/v1.DaemonSetUpdateStrategy"] = new(Check: DaemonSetRules.CheckStrategy),
        ["apps/v1.DeploymentSpec"] = new(Check: DeploymentRules.Check),
        ["apps/v1.DeploymentStrategy"] = new(Check: DeploymentRules.CheckStrategy),
        ["apps/v1.ReplicaSetSpec"] = new(Check: DeploymentRules.CheckReplicaSet),
        ["apps/v1.RollingUpdateDaemonSet"] = new(Check: DaemonSetRules.CheckRollingUpdate),
        ["apps/v1.RollingUpdateDeployment"] = new(Check: DeploymentRules.CheckRollingUpdate),
        ["apps/v1.StatefulSet"] = new(StatefulSetRules.Default, Update: StatefulSetRules.CheckUpdate),
        ["apps/v1.StatefulSetSpec"] = new(Check: StatefulSetRules.Check),
        ["apps/v1.StatefulSetUpdateStrategy"] = new(Check: StatefulSetRules.CheckStrategy),

        ["autoscaling/v2.HorizontalPodAutoscalerBehavior"] = new(HorizontalPodAutoscalerRules.DefaultBehavior),

        ["batch/v1.Job"] = new(JobRules.Default),

        ["networking/v1.NetworkPolicySpec"] = new(NetworkPolicyRules.Default),

        ["rbac/v1.Subject"] = new(SubjectRules.Default),
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

    /// <summary>The checks of a type and of the types it inlines.</summary>
    public static List<Action<ObjectValue, CheckContext>> ChecksOf(StructSchema type)
    {
        var actions = new List<Action<ObjectValue, CheckContext>>();
        if (Find(type)?.Check is { } own)
            actions.Add(own);
        foreach (var inlined in RuleCatalog.InlinedBy(type))
            actions.AddRange(ChecksOf(inlined));
        return actions;
    }
}
