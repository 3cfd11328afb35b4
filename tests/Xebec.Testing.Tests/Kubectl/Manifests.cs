using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>What the stories create.</summary>
internal static class Manifests
{
    public const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 80}]}]}}

        """;

    public const string Multi = """
        apiVersion: v1
        kind: Pod
        metadata: {name: multi}
        spec: {nodeName: node-1, containers: [{name: a, image: "x:1"}, {name: b, image: "y:1"}], initContainers: [{name: i, image: "i:1", command: ["true"]}]}

        """;

    public const string Claim = """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: c}
        spec: {accessModes: [ReadWriteOnce], storageClassName: slow, resources: {requests: {storage: 1Gi}}}

        """;

    public const string Reader = """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader, namespace: story}
        rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: reader, namespace: story}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
        subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}]

        """;

    public const string Widget = """
        apiVersion: example.com/v1
        kind: Widget
        metadata: {name: w}
        spec:
          size: 3
          replicas: 1

        """;

    public const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd], categories: [all]}
          versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}, scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
            additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}, {name: When, type: date, jsonPath: .metadata.creationTimestamp}]
            schema: {openAPIV3Schema: {type: object, properties: {
              spec: {type: object, required: [size], properties: {size: {type: integer, minimum: 1}, replicas: {type: integer}}},
              status: {type: object, x-kubernetes-preserve-unknown-fields: true}}}}

        """;

    /// <summary>One object or more of the kinds that no cluster has from its start.</summary>
    public const string EveryKind = Web + "---\n" + Multi + "---\n" + Claim + "---\n" + Definition + """
        ---
        {apiVersion: v1, kind: LimitRange, metadata: {name: lr}, spec: {limits: [{type: Container, default: {cpu: 500m}, max: {cpu: "2"}}]}}
        ---
        {apiVersion: v1, kind: PersistentVolume, metadata: {name: pv}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /x}, storageClassName: slow}}
        ---
        {apiVersion: v1, kind: ReplicationController, metadata: {name: rc}, spec: {selector: {app: rc}, template: {metadata: {labels: {app: rc}}, spec: {containers: [{name: a, image: x}]}}}}
        ---
        {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: st}, spec: {serviceName: web, selector: {matchLabels: {app: st}}, template: {metadata: {labels: {app: st}}, spec: {containers: [{name: a, image: x}]}}}}
        ---
        {apiVersion: apps/v1, kind: DaemonSet, metadata: {name: ds}, spec: {selector: {matchLabels: {app: ds}}, template: {metadata: {labels: {app: ds}}, spec: {containers: [{name: a, image: x}]}}}}
        ---
        {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}
        ---
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: np}, spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}]}}
        ---
        {apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: rtc}, handler: x}
        ---
        {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: slow}, provisioner: example.com/x}
        ---
        {apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: gpu}, spec: {selectors: [{cel: {expression: "true"}}]}}

        """;

    /// <summary>What describing them must show.</summary>
    public static IReadOnlyList<string> Described { get; } =
    [
        "Name: +web\nNamespace: +default\n", "Container +cpu +- +2 +", "Source:\n +Type: +HostPath", "StorageClass: +slow\nStatus: +Pending", "Name: +rc\nNamespace", "Update Strategy: +RollingUpdate",
        "Desired Number of Nodes Scheduled", "Min replicas: +1\nMax replicas: +3", "PodSelector: +<none> \\(Allowing the specific traffic", "Handler: +x", "Provisioner: +example.com/x", "Kind: +DeviceClass",
        "Name: +system-cluster-critical\nValue: +2000000000", "Name: +catch-all\n", "Name: +cluster-admin\n", "Service Account: +default", "Kind: +CustomResourceDefinition",
    ];

    /// <summary>A request for a certificate that no controller signs.</summary>
    public static string SigningRequest()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = new CertificateRequest("CN=jane", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var request = Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
        return "apiVersion: certificates.k8s.io/v1\nkind: CertificateSigningRequest\nmetadata: {name: jane}\n" +
            $"spec: {{request: {request}, signerName: example.com/mine, usages: [client auth]}}\n";
    }
}
