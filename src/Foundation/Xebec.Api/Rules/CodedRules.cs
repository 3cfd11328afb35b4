using Xebec.Api.Rules.Admissionregistration;
using Xebec.Api.Rules.Apiextensions;
using Xebec.Api.Rules.Apiregistration;
using Xebec.Api.Rules.Apps;
using Xebec.Api.Rules.Autoscaling;
using Xebec.Api.Rules.Batch;
using Xebec.Api.Rules.Certificates;
using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Declarations;
using Xebec.Api.Rules.Discovery;
using Xebec.Api.Rules.Flowcontrol;
using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Networking;
using Xebec.Api.Rules.Node;
using Xebec.Api.Rules.Policy;
using Xebec.Api.Rules.Rbac;
using Xebec.Api.Rules.Resource;
using Xebec.Api.Rules.Scheduling;
using Xebec.Api.Rules.Storage;
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
        ["core/v1.AzureDiskVolumeSource"] = new(Check: NetworkVolumeRules.CheckAzureDisk),
        ["core/v1.AzureFilePersistentVolumeSource"] = new(Check: NetworkVolumeRules.CheckAzureFile),
        ["core/v1.ConfigMap"] = new(Check: ConfigMapRules.Check, Update: ConfigMapRules.CheckUpdate),
        ["core/v1.ConfigMapVolumeSource"] = new(Check: VolumeRules.CheckMode),
        ["core/v1.Container"] = new(ContainerRules.Default, ContainerRules.Check),
        ["core/v1.DownwardAPIVolumeFile"] = new(Check: DownwardApiRules.CheckFile),
        ["core/v1.DownwardAPIVolumeSource"] = new(Check: VolumeRules.CheckMode),
        ["core/v1.EmptyDirVolumeSource"] = new(Check: VolumeRules.CheckEmptyDir),
        ["core/v1.EndpointAddress"] = new(Check: EndpointsRules.CheckAddress),
        ["core/v1.EndpointSubset"] = new(Check: EndpointsRules.Check),
        ["core/v1.EnvVar"] = new(Check: UnionRules.CheckEnvVar),
        ["core/v1.EphemeralContainerCommon"] = new(ContainerRules.Default, ContainerRules.Check),
        ["core/v1.Event"] = new(Check: EventRules.Check),
        ["core/v1.FCVolumeSource"] = new(Check: NetworkVolumeRules.CheckFibreChannel),
        ["core/v1.FileKeySelector"] = new(Check: FileKeyRules.Check),
        ["core/v1.FlexPersistentVolumeSource"] = new(Check: NetworkVolumeRules.CheckFlex),
        ["core/v1.FlexVolumeSource"] = new(Check: NetworkVolumeRules.CheckFlex),
        ["core/v1.FlockerVolumeSource"] = new(Check: NetworkVolumeRules.CheckFlocker),
        ["core/v1.GlusterfsPersistentVolumeSource"] = new(Check: NetworkVolumeRules.CheckGlusterfs),
        ["core/v1.HTTPGetAction"] = new(Check: UnionRules.CheckHttpGet),
        ["core/v1.HostPathVolumeSource"] = new(Check: VolumeRules.CheckHostPath),
        ["core/v1.ISCSIPersistentVolumeSource"] = new(Check: IscsiRules.CheckPersistent),
        ["core/v1.ISCSIVolumeSource"] = new(Check: IscsiRules.Check),
        ["core/v1.KeyToPath"] = new(Check: VolumeRules.CheckMode),
        ["core/v1.LifecycleHandler"] = new(Check: UnionRules.CheckHandler),
        ["core/v1.LimitRangeItem"] = new(LimitRangeRules.Default, LimitRangeRules.Check),
        ["core/v1.LocalVolumeSource"] = new(Check: VolumeRules.CheckHostPath),
        ["core/v1.NFSVolumeSource"] = new(Check: VolumeRules.CheckNfs),
        ["core/v1.Namespace"] = new(NamespaceRules.Default, Update: NamespaceRules.CheckUpdate)
        {
            Create = NamespaceRules.CheckCreate, Status = NamespaceRules.CheckStatus,
        },
        ["core/v1.Node"] = new(Check: NodeRules.Check, Update: NodeRules.CheckUpdate)
        {
            Create = NodeRules.CheckCreate, Status = NodeRules.CheckStatus,
        },
        ["core/v1.NodeSelector"] = new(Check: SchedulingRules.CheckRequiredTerms),
        ["core/v1.NodeStatus"] = new(NodeRules.Default),
        ["core/v1.PersistentVolume"] = new(Check: PersistentVolumeRules.CheckName, Update: PersistentVolumeRules.CheckUpdate),
        ["core/v1.PersistentVolumeClaim"] = new(Update: PersistentVolumeClaimRules.CheckUpdate)
        {
            Status = PersistentVolumeClaimStatusRules.Check,
        },
        ["core/v1.PersistentVolumeClaimSpec"] = new(Check: PersistentVolumeClaimRules.Check),
        ["core/v1.PersistentVolumeClaimTemplate"] = new(Check: PersistentVolumeClaimRules.CheckTemplate),
        ["core/v1.PersistentVolumeSpec"] = new(Check: PersistentVolumeRules.Check),
        ["core/v1.Pod"] = new(PodRules.Default, PodRules.Check, PodUpdateRules.Check)
        {
            Create = PodRules.CheckCreate, Status = PodStatusRules.Check,
        },
        ["core/v1.PodAffinityTerm"] = new(Check: SpreadRules.CheckAffinityTerm),
        ["core/v1.PodResourceClaim"] = new(Check: ResourceClaimRules.Check),
        ["core/v1.PodSpec"] = new(PodSpecRules.Default, PodSpecRules.Check),
        ["core/v1.PodTemplateSpec"] = new(Check: PodTemplateRules.Check),
        ["core/v1.PreferredSchedulingTerm"] = new(Check: SchedulingRules.CheckPreferred),
        ["core/v1.ProbeHandler"] = new(Check: UnionRules.CheckHandler),
        ["core/v1.ProjectedVolumeSource"] = new(Check: ProjectedVolumeRules.Check),
        ["core/v1.QuobyteVolumeSource"] = new(Check: NetworkVolumeRules.CheckQuobyte),
        ["core/v1.ReplicationController"] = new(ReplicationControllerRules.Default),
        ["core/v1.ReplicationControllerSpec"] = new(Check: ReplicationControllerRules.Check),
        ["core/v1.ReplicationControllerStatus"] = new(Check: ReplicationControllerRules.CheckStatus),
        ["core/v1.ResourceQuota"] = new(Update: ResourceQuotaRules.CheckUpdate),
        ["core/v1.ResourceQuotaSpec"] = new(Check: ResourceQuotaRules.Check),
        ["core/v1.ResourceQuotaStatus"] = new(Check: ResourceQuotaRules.CheckStatus),
        ["core/v1.ResourceRequirements"] = new(Check: ResourceRequirementsRules.Check),
        ["core/v1.SeccompProfile"] = new(Check: SecurityContextRules.CheckSeccomp),
        ["core/v1.Secret"] = new(SecretRules.Default, SecretRules.Check, SecretRules.CheckUpdate),
        ["core/v1.SecretVolumeSource"] = new(Check: VolumeRules.CheckMode),
        ["core/v1.SecurityContext"] = new(Check: SecurityContextRules.Check),
        ["core/v1.Service"] = new(ServiceDefaults.Default, ServiceRules.CheckAnnotations, ServiceRules.CheckUpdate)
        {
            Status = ServiceStatusRules.Check,
        },
        ["core/v1.ServiceSpec"] = new(Check: ServiceRules.Check),
        ["core/v1.Toleration"] = new(Check: SchedulingRules.CheckToleration),
        ["core/v1.TopologySelectorTerm"] = new(Check: StorageClassRules.CheckTopology),
        ["core/v1.TopologySpreadConstraint"] = new(Check: SpreadRules.CheckConstraint),
        ["core/v1.Volume"] = new(VolumeRules.Default, VolumeRules.Check),
        ["core/v1.WeightedPodAffinityTerm"] = new(Check: SchedulingRules.CheckPreferredWeight),
        ["core/v1.WindowsSecurityContextOptions"] = new(Check: WindowsPodRules.Check),

        ["admissionregistration/v1.MutatingWebhook"] = new(Check: WebhookRules.Check),
        ["admissionregistration/v1.RuleWithOperations"] = new(Check: WebhookMatchRules.Check),
        ["admissionregistration/v1.ValidatingWebhook"] = new(Check: WebhookRules.Check),
        ["admissionregistration/v1.WebhookClientConfig"] = new(Check: WebhookRules.CheckClientConfig),

        ["apiextensions/v1.CustomResourceDefinition"] = new(
            Check: CustomResourceDefinitionRules.CheckName, Update: CustomResourceDefinitionRules.CheckUpdate)
        {
            Create = CustomResourceDefinitionRules.CheckApproval,
        },
        ["apiextensions/v1.CustomResourceConversion"] = new(Check: ConversionRules.Check),
        ["apiextensions/v1.CustomResourceDefinitionVersion"] = new(Check: VersionRules.Check),
        ["apiextensions/v1.WebhookClientConfig"] = new(Check: WebhookRules.CheckClientConfig),
        ["apiextensions/v1.CustomResourceDefinitionSpec"] = new(CustomResourceDefinitionRules.Default, CustomResourceDefinitionRules.Check),

        ["apiregistration/v1.APIService"] = new(Check: ApiServiceRules.Check),
        ["apiregistration/v1.APIServiceSpec"] = new(Check: ApiServiceRules.CheckSpec),

        ["apps/v1.DaemonSet"] = new() { Status = WorkloadStatusRules.CheckCollisions },
        ["apps/v1.DaemonSetSpec"] = new(Check: DaemonSetRules.Check),
        ["apps/v1.DaemonSetUpdateStrategy"] = new(Check: DaemonSetRules.CheckStrategy),
        ["apps/v1.Deployment"] = new() { Status = WorkloadStatusRules.CheckCollisions },
        ["apps/v1.DeploymentSpec"] = new(Check: DeploymentRules.Check),
        ["apps/v1.DeploymentStatus"] = new(Check: WorkloadStatusRules.CheckDeployment),
        ["apps/v1.DeploymentStrategy"] = new(Check: DeploymentRules.CheckStrategy),
        ["apps/v1.ReplicaSetSpec"] = new(Check: DeploymentRules.CheckReplicaSet),
        ["apps/v1.ReplicaSetStatus"] = new(Check: WorkloadStatusRules.CheckReplicaSet),
        ["apps/v1.RollingUpdateDaemonSet"] = new(Check: DaemonSetRules.CheckRollingUpdate),
        ["apps/v1.RollingUpdateDeployment"] = new(Check: DeploymentRules.CheckRollingUpdate),
        ["apps/v1.RollingUpdateStatefulSetStrategy"] = new(Check: StatefulSetRules.CheckRollingUpdate),
        ["apps/v1.StatefulSet"] = new(StatefulSetRules.Default, Update: StatefulSetRules.CheckUpdate)
        {
            Status = WorkloadStatusRules.CheckCollisions,
        },
        ["apps/v1.StatefulSetSpec"] = new(Check: StatefulSetRules.Check),
        ["apps/v1.StatefulSetStatus"] = new(Check: WorkloadStatusRules.CheckStatefulSet),
        ["apps/v1.StatefulSetUpdateStrategy"] = new(Check: StatefulSetRules.CheckStrategy),

        ["autoscaling/v1.HorizontalPodAutoscalerSpec"] = new(Check: HorizontalPodAutoscalerRules.CheckV1),

        ["autoscaling/v2.ContainerResourceMetricSource"] = new(Check: MetricRules.CheckResource),
        ["autoscaling/v2.ExternalMetricSource"] = new(Check: MetricRules.CheckExternal),
        ["autoscaling/v2.HorizontalPodAutoscalerBehavior"] = new(HorizontalPodAutoscalerRules.DefaultBehavior),
        ["autoscaling/v2.HorizontalPodAutoscalerSpec"] = new(Check: HorizontalPodAutoscalerRules.Check),
        ["autoscaling/v2.HPAScalingPolicy"] = new(Check: HorizontalPodAutoscalerRules.CheckPolicy),
        ["autoscaling/v2.HPAScalingRules"] = new(Check: HorizontalPodAutoscalerRules.CheckScalingRules),
        ["autoscaling/v2.MetricSpec"] = new(Check: MetricRules.Check),
        ["autoscaling/v2.MetricTarget"] = new(Check: MetricRules.CheckTarget),
        ["autoscaling/v2.ObjectMetricSource"] = new(Check: MetricRules.CheckObject),
        ["autoscaling/v2.PodsMetricSource"] = new(Check: MetricRules.CheckPods),
        ["autoscaling/v2.ResourceMetricSource"] = new(Check: MetricRules.CheckResource),

        ["batch/v1.CronJob"] = new(Update: CronJobRules.CheckUpdate) { Create = CronJobRules.CheckCreate },
        ["batch/v1.CronJobSpec"] = new(Check: CronJobRules.CheckSpec),
        ["batch/v1.Job"] = new(JobRules.Default, JobRules.CheckJob, JobUpdateRules.Check) { Create = JobRules.CheckCreate, Status = JobStatusRules.Check },
        ["batch/v1.JobSpec"] = new(Check: JobRules.Check),

        ["certificates/v1.CertificateSigningRequestSpec"] = new(Check: CertificateSigningRequestRules.Check),

        ["discovery/v1.EndpointSlice"] = new(Check: EndpointSliceRules.Check),

        ["events/v1.Event"] = new(Check: EventsV1Rules.Check, Update: EventsV1Rules.CheckUpdate) { Create = EventsV1Rules.CheckCreate },

        ["flowcontrol/v1.FlowSchema"] = new(Check: FlowSchemaRules.Check),
        ["flowcontrol/v1.FlowSchemaSpec"] = new(Check: FlowSchemaRules.CheckSpec),
        ["flowcontrol/v1.LimitResponse"] = new(Check: PriorityLevelRules.CheckResponse),
        ["flowcontrol/v1.NonResourcePolicyRule"] = new(Check: FlowSchemaRules.CheckNonResourceRule),
        ["flowcontrol/v1.PolicyRulesWithSubjects"] = new(Check: FlowSchemaRules.CheckRules),
        ["flowcontrol/v1.PriorityLevelConfiguration"] = new(Check: PriorityLevelRules.Check),
        ["flowcontrol/v1.PriorityLevelConfigurationSpec"] = new(Check: PriorityLevelRules.CheckSpec),
        ["flowcontrol/v1.QueuingConfiguration"] = new(Check: PriorityLevelRules.CheckQueuing),
        ["flowcontrol/v1.ResourcePolicyRule"] = new(Check: FlowSchemaRules.CheckResourceRule),
        ["flowcontrol/v1.ServiceAccountSubject"] = new(Check: FlowSchemaRules.CheckAccount),
        ["flowcontrol/v1.Subject"] = new(Check: FlowSchemaRules.CheckSubject),

        ["networking/v1.HTTPIngressPath"] = new(Check: IngressRules.CheckPath),
        ["networking/v1.Ingress"] = new() { Create = IngressRules.CheckCreate },
        ["networking/v1.IngressBackend"] = new(Check: IngressRules.CheckBackend),
        ["networking/v1.IngressClassParametersReference"] = new(Check: IngressClassRules.CheckParameters),
        ["networking/v1.IngressClassSpec"] = new(Check: IngressClassRules.Check),
        ["networking/v1.IngressLoadBalancerIngress"] = new(Check: IngressRules.CheckBalancer),
        ["networking/v1.IngressRule"] = new(Check: IngressRules.CheckRule),
        ["networking/v1.IngressSpec"] = new(Check: IngressRules.Check),
        ["networking/v1.IngressTLS"] = new(Check: IngressRules.CheckTls),
        ["networking/v1.IPBlock"] = new(Check: NetworkPolicyRules.CheckBlock),
        ["networking/v1.NetworkPolicyPeer"] = new(Check: NetworkPolicyRules.CheckPeer),
        ["networking/v1.NetworkPolicyPort"] = new(Check: NetworkPolicyRules.CheckPort),
        ["networking/v1.NetworkPolicySpec"] = new(NetworkPolicyRules.Default, NetworkPolicyRules.Check),
        ["networking/v1.ServiceCIDR"] = new(Update: ServiceCidrRules.CheckUpdate),
        ["networking/v1.ServiceCIDRSpec"] = new(Check: ServiceCidrRules.Check),

        ["node/v1.RuntimeClass"] = new(Check: RuntimeClassRules.Check),
        ["node/v1.Scheduling"] = new(Check: RuntimeClassRules.CheckScheduling),

        ["policy/v1.PodDisruptionBudgetSpec"] = new(Check: PodDisruptionBudgetRules.Check),

        ["rbac/v1.ClusterRoleBinding"] = new(Check: SubjectRules.CheckBinding, Update: PolicyRuleRules.CheckRoleRefUnchanged),
        ["rbac/v1.PolicyRule"] = new(Check: PolicyRuleRules.Check),
        ["rbac/v1.Role"] = new(Check: PolicyRuleRules.CheckRole),
        ["rbac/v1.RoleBinding"] = new(Update: PolicyRuleRules.CheckRoleRefUnchanged),
        ["rbac/v1.Subject"] = new(SubjectRules.Default, SubjectRules.Check),

        ["resource/v1.DeviceClaim"] = new(Check: DeviceClaimRules.Check),
        ["resource/v1.DeviceRequest"] = new(Check: DeviceClaimRules.CheckRequest),
        ["resource/v1.DeviceSubRequest"] = new(Check: DeviceClaimRules.CheckAmount),
        ["resource/v1.DeviceToleration"] = new(Check: DeviceClaimRules.CheckToleration),
        ["resource/v1.ExactDeviceRequest"] = new(Check: DeviceClaimRules.CheckAmount),
        ["resource/v1.OpaqueDeviceConfiguration"] = new(Check: DeviceClaimRules.CheckOpaque),
        ["resource/v1.ResourceClaim"] = new() { Status = ResourceClaimStatusRules.Check },
        ["resource/v1.ResourceSliceSpec"] = new(Check: ResourceSliceRules.Check),

        ["scheduling/v1.PriorityClass"] = new(Check: PriorityClassRules.Check),

        ["storage/v1.CSIDriver"] = new(Update: CsiRules.CheckDriverUpdate),
        ["storage/v1.CSIDriverSpec"] = new(Check: CsiRules.CheckDriver),
        ["storage/v1.CSINode"] = new(Update: CsiRules.CheckNodeUpdate),
        ["storage/v1.CSINodeDriver"] = new(Check: CsiRules.CheckNodeDriver),
        ["storage/v1.CSIStorageCapacity"] = new(Check: CsiRules.CheckCapacity),
        ["storage/v1.StorageClass"] = new(Check: StorageClassRules.CheckClass),
        ["storage/v1.VolumeAttachment"] = new() { Create = VolumeAttachmentRules.CheckCreate },
        ["storage/v1.VolumeAttachmentSource"] = new(Check: VolumeAttachmentRules.CheckSource),
        ["storage/v1.VolumeAttachmentStatus"] = new(Check: VolumeAttachmentRules.CheckStatus),
        ["storage/v1.VolumeAttributesClass"] = new(Check: StorageClassRules.CheckParameters),
        ["storage/v1.VolumeError"] = new(Check: VolumeAttachmentRules.CheckError),
    };

    /// <summary>The full names of the types with rules in code.</summary>
    public static IEnumerable<string> Types => Table.Keys;

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
