using System.Collections.Frozen;
using Xebec.ApiServer.Registry;

namespace Xebec.ApiServer.Printing;

/// <summary>The columns of every kind: one visible table. Kinds that are not in it show name and creation time.</summary>
internal static class TableColumns
{
    private static readonly TableColumn[] Default = [Column.Name, Column.CreatedAt];

    private static readonly FrozenDictionary<string, TableColumn[]> ByKind = new Dictionary<string, TableColumn[]>
    {
        ["v1 ComponentStatus"] = CoreColumns.ComponentStatus,
        ["v1 ConfigMap"] = CoreColumns.ConfigMap,
        ["v1 Endpoints"] = ServiceColumns.Endpoints,
        ["v1 Event"] = EventColumns.Event,
        ["v1 Namespace"] = CoreColumns.Namespace,
        ["v1 Node"] = NodeColumns.Node,
        ["v1 PersistentVolume"] = VolumeColumns.PersistentVolume,
        ["v1 PersistentVolumeClaim"] = VolumeColumns.PersistentVolumeClaim,
        ["v1 Pod"] = PodColumns.Pod,
        ["v1 PodTemplate"] = PodColumns.PodTemplate,
        ["v1 ReplicationController"] = AppsColumns.ReplicationController,
        ["v1 ResourceQuota"] = CoreColumns.ResourceQuota,
        ["v1 Secret"] = CoreColumns.Secret,
        ["v1 Service"] = ServiceColumns.Service,
        ["v1 ServiceAccount"] = CoreColumns.ServiceAccount,
        ["admissionregistration.k8s.io/v1 MutatingAdmissionPolicy"] = AdmissionRegistrationColumns.MutatingAdmissionPolicy,
        ["admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding"] = AdmissionRegistrationColumns.PolicyBinding,
        ["admissionregistration.k8s.io/v1 MutatingWebhookConfiguration"] = AdmissionRegistrationColumns.Webhooks,
        ["admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy"] = AdmissionRegistrationColumns.ValidatingAdmissionPolicy,
        ["admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding"] = AdmissionRegistrationColumns.PolicyBinding,
        ["admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration"] = AdmissionRegistrationColumns.Webhooks,
        ["apiregistration.k8s.io/v1 APIService"] = AdmissionRegistrationColumns.ApiService,
        ["apps/v1 ControllerRevision"] = AppsColumns.ControllerRevision,
        ["apps/v1 DaemonSet"] = AppsColumns.DaemonSet,
        ["apps/v1 Deployment"] = AppsColumns.Deployment,
        ["apps/v1 ReplicaSet"] = AppsColumns.ReplicaSet,
        ["apps/v1 StatefulSet"] = AppsColumns.StatefulSet,
        ["autoscaling/v1 HorizontalPodAutoscaler"] = AutoscalingColumns.V1,
        ["autoscaling/v2 HorizontalPodAutoscaler"] = AutoscalingColumns.V2,
        ["batch/v1 CronJob"] = BatchColumns.CronJob,
        ["batch/v1 Job"] = BatchColumns.Job,
        ["certificates.k8s.io/v1 CertificateSigningRequest"] = CertificatesColumns.CertificateSigningRequest,
        ["coordination.k8s.io/v1 Lease"] = CertificatesColumns.Lease,
        ["discovery.k8s.io/v1 EndpointSlice"] = ServiceColumns.EndpointSlice,
        ["events.k8s.io/v1 Event"] = EventColumns.Event,
        ["flowcontrol.apiserver.k8s.io/v1 FlowSchema"] = PolicyColumns.FlowSchema,
        ["flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration"] = PolicyColumns.PriorityLevelConfiguration,
        ["networking.k8s.io/v1 IPAddress"] = NetworkingColumns.IPAddress,
        ["networking.k8s.io/v1 Ingress"] = NetworkingColumns.Ingress,
        ["networking.k8s.io/v1 IngressClass"] = NetworkingColumns.IngressClass,
        ["networking.k8s.io/v1 NetworkPolicy"] = NetworkingColumns.NetworkPolicy,
        ["networking.k8s.io/v1 ServiceCIDR"] = NetworkingColumns.ServiceCidr,
        ["node.k8s.io/v1 RuntimeClass"] = NodeColumns.RuntimeClass,
        ["policy/v1 PodDisruptionBudget"] = PolicyColumns.PodDisruptionBudget,
        ["rbac.authorization.k8s.io/v1 ClusterRoleBinding"] = RbacColumns.ClusterRoleBinding,
        ["rbac.authorization.k8s.io/v1 RoleBinding"] = RbacColumns.RoleBinding,
        ["resource.k8s.io/v1 DeviceClass"] = ResourceColumns.NameAndAge,
        ["resource.k8s.io/v1 ResourceClaim"] = ResourceColumns.ResourceClaim,
        ["resource.k8s.io/v1 ResourceClaimTemplate"] = ResourceColumns.NameAndAge,
        ["resource.k8s.io/v1 ResourceSlice"] = ResourceColumns.ResourceSlice,
        ["scheduling.k8s.io/v1 PriorityClass"] = PolicyColumns.PriorityClass,
        ["storage.k8s.io/v1 CSIDriver"] = StorageColumns.CsiDriver,
        ["storage.k8s.io/v1 CSINode"] = StorageColumns.CsiNode,
        ["storage.k8s.io/v1 CSIStorageCapacity"] = StorageColumns.CsiStorageCapacity,
        ["storage.k8s.io/v1 StorageClass"] = StorageColumns.StorageClass,
        ["storage.k8s.io/v1 VolumeAttachment"] = StorageColumns.VolumeAttachment,
        ["storage.k8s.io/v1 VolumeAttributesClass"] = StorageColumns.VolumeAttributesClass,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kinds of the table, as <c>group/version Kind</c>.</summary>
    public static IReadOnlyCollection<string> Kinds => ByKind.Keys;

    /// <summary>The columns of a resource.</summary>
    public static IReadOnlyList<TableColumn> For(ServedResource resource) =>
        resource.PrinterColumns ?? ForKind(resource.Info.ToString());

    /// <summary>The columns of a built-in kind, given as <c>group/version Kind</c>.</summary>
    public static IReadOnlyList<TableColumn> ForKind(string kind) => ByKind.GetValueOrDefault(kind) ?? Default;
}
