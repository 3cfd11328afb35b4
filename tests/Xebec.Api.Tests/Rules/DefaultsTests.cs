using Xebec.Api.Rules;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Rules;

/// <summary>Upstream's defaults, as its API reference documents them.</summary>
public sealed class DefaultsTests
{
    [Theory]
    [InlineData("nginx", "Always")]
    [InlineData("nginx:latest", "Always")]
    [InlineData("registry:5000/nginx", "Always")]
    [InlineData("registry:5000/nginx:latest@sha256:0123456789012345678901234567890123456789012345678901234567890123", "Always")]
    [InlineData("nginx:1.27", "IfNotPresent")]
    [InlineData("registry:5000/nginx:1.27", "IfNotPresent")]
    [InlineData("nginx@sha256:0123456789012345678901234567890123456789012345678901234567890123", "IfNotPresent")]
    [InlineData("Nginx", "IfNotPresent")]
    [InlineData("", "IfNotPresent")]
    public void TheTagDecidesThePullPolicy(string image, string policy)
    {
        var pod = Default("core/v1.Pod", $$$"""{"spec":{"containers":[{"name":"c","image":"{{{image}}}"}]}}""");
        Assert.Equal(policy, At(pod, "spec", "containers", "0", "imagePullPolicy").AsString());
    }

    [Fact]
    public void APodGetsUpstreamsDefaults() => Check(
        "core/v1.Pod",
        """
        {"metadata":{"name":"p"},"spec":{"serviceAccountName":"sa","hostNetwork":true,
          "volumes":[{"name":"tmp"},{"name":"c","configMap":{"name":"m"}},{"name":"h","hostPath":{"path":"/x"}}],
          "containers":[{"name":"c","image":"nginx:1","resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"100m"}},
            "ports":[{"containerPort":80}],"env":[{"name":"IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}}],
            "livenessProbe":{"httpGet":{"port":80}}}]}}
        """,
        """
        {"metadata":{"name":"p"},"spec":{"volumes":[{"name":"tmp","emptyDir":{}},{"name":"c","configMap":{"name":"m","defaultMode":420}},
          {"name":"h","hostPath":{"path":"/x","type":""}}],
          "containers":[{"name":"c","image":"nginx:1","ports":[{"hostPort":80,"containerPort":80,"protocol":"TCP"}],
            "env":[{"name":"IP","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"status.podIP"}}}],
            "resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"100m","memory":"1Gi"}},
            "livenessProbe":{"httpGet":{"path":"/","port":80,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},
            "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}],
          "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"sa","serviceAccount":"sa",
          "hostNetwork":true,"securityContext":{},"schedulerName":"default-scheduler","enableServiceLinks":true},"status":{}}
        """);

    [Fact]
    public void ATemplateDoesNotGetWhatOnlyPodsGet()
    {
        var deployment = Default(
            "apps/v1.Deployment",
            """
            {"spec":{"selector":{},"template":{"spec":{"hostNetwork":true,
              "containers":[{"name":"c","image":"i","ports":[{"containerPort":1}],"resources":{"limits":{"cpu":"1"}}}]}}}}
            """);
        var spec = At(deployment, "spec", "template", "spec").AsObject()!;
        Assert.Null(spec["enableServiceLinks"]);
        var container = At(spec, "containers", "0").AsObject()!;
        Assert.Equal("""{"limits":{"cpu":"1"}}""", container["resources"]!.ToString());
        Assert.Equal("""[{"containerPort":1,"protocol":"TCP"}]""", container["ports"]!.ToString());
    }

    [Theory]
    [InlineData("apps/v1.Deployment", "{}", """{"replicas":1,"revisionHistoryLimit":10,"progressDeadlineSeconds":600,"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}}""")]
    [InlineData("apps/v1.Deployment", """{"replicas":0,"strategy":{"type":"Recreate"}}""", """{"replicas":0,"strategy":{"type":"Recreate"}}""")]
    [InlineData("apps/v1.Deployment", """{"strategy":{"rollingUpdate":{"maxSurge":2}}}""", """{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":2}}}""")]
    [InlineData("apps/v1.DaemonSet", "{}", """{"revisionHistoryLimit":10,"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":1,"maxSurge":0}}}""")]
    [InlineData("apps/v1.StatefulSet", "{}", """{"replicas":1,"podManagementPolicy":"OrderedReady","updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":0}},"persistentVolumeClaimRetentionPolicy":{"whenDeleted":"Retain","whenScaled":"Retain"}}""")]
    [InlineData("apps/v1.StatefulSet", """{"updateStrategy":{"type":"RollingUpdate"}}""", """{"updateStrategy":{"type":"RollingUpdate"}}""")]
    [InlineData("apps/v1.StatefulSet", """{"volumeClaimTemplates":[{"metadata":{"name":"d"},"spec":{}}]}""", """{"volumeClaimTemplates":[{"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{"name":"d"},"spec":{"resources":{},"volumeMode":"Filesystem"},"status":{"phase":"Pending"}}]}""")]
    [InlineData("batch/v1.Job", "{}", """{"parallelism":1,"completions":1,"backoffLimit":6,"completionMode":"NonIndexed","suspend":false,"manualSelector":false,"podReplacementPolicy":"TerminatingOrFailed"}""")]
    [InlineData("batch/v1.Job", """{"parallelism":3,"backoffLimitPerIndex":1,"podFailurePolicy":{"rules":[{"action":"Ignore","onPodConditions":[{"type":"X"}]}]}}""", """{"parallelism":3,"backoffLimit":2147483647,"podReplacementPolicy":"Failed","podFailurePolicy":{"rules":[{"action":"Ignore","onPodConditions":[{"type":"X","status":"True"}]}]}}""")]
    [InlineData("batch/v1.CronJob", "{}", """{"concurrencyPolicy":"Allow","suspend":false,"successfulJobsHistoryLimit":3,"failedJobsHistoryLimit":1}""")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", """{"behavior":{"scaleDown":{"stabilizationWindowSeconds":5}}}""", """{"minReplicas":1,"metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}],"behavior":{"scaleUp":{"stabilizationWindowSeconds":0,"selectPolicy":"Max","policies":[{"type":"Pods","value":4,"periodSeconds":15},{"type":"Percent","value":100,"periodSeconds":15}]},"scaleDown":{"stabilizationWindowSeconds":5,"selectPolicy":"Max","policies":[{"type":"Percent","value":100,"periodSeconds":15}]}}}""")]
    [InlineData("core/v1.Service", """{"ports":[{"port":80},{"port":81,"targetPort":"web","protocol":"UDP"}]}""", """{"type":"ClusterIP","sessionAffinity":"None","internalTrafficPolicy":"Cluster","ports":[{"protocol":"TCP","port":80,"targetPort":80},{"protocol":"UDP","port":81,"targetPort":"web"}]}""")]
    [InlineData("core/v1.Service", """{"type":"LoadBalancer","sessionAffinity":"ClientIP"}""", """{"externalTrafficPolicy":"Cluster","allocateLoadBalancerNodePorts":true,"sessionAffinityConfig":{"clientIP":{"timeoutSeconds":10800}}}""")]
    [InlineData("core/v1.Service", """{"type":"ExternalName","externalName":"x.y"}""", """{"type":"ExternalName","externalName":"x.y","sessionAffinity":"None"}""")]
    [InlineData("core/v1.LimitRange", """{"limits":[{"type":"Container","max":{"cpu":"2"},"min":{"memory":"1Mi"}}]}""", """{"limits":[{"type":"Container","max":{"cpu":"2"},"min":{"memory":"1Mi"},"default":{"cpu":"2"},"defaultRequest":{"cpu":"2","memory":"1Mi"}}]}""")]
    [InlineData("networking/v1.NetworkPolicy", """{"egress":[{"ports":[{"port":53}]}]}""", """{"policyTypes":["Ingress","Egress"],"egress":[{"ports":[{"protocol":"TCP","port":53}]}]}""")]
    [InlineData("storage/v1.CSIDriver", "{}", """{"attachRequired":true,"podInfoOnMount":false,"volumeLifecycleModes":["Persistent"],"storageCapacity":false,"fsGroupPolicy":"ReadWriteOnceWithFSType","requiresRepublish":false}""")]
    [InlineData("apiextensions/v1.CustomResourceDefinition", """{"names":{"kind":"CronTab","plural":"crontabs"}}""", """{"names":{"plural":"crontabs","singular":"crontab","kind":"CronTab","listKind":"CronTabList"},"conversion":{"strategy":"None"}}""")]
    public void ASpecIsCompleted(string kind, string spec, string expected)
    {
        var defaulted = At(Default(kind, $$$"""{"spec":{{{spec}}}}"""), "spec").AsObject()!;
        foreach (var (name, value) in (ObjectValue)Value.Parse(expected))
            Assert.Equal(value.ToString(), defaulted[name]?.ToString());
    }

    [Theory]
    [InlineData("core/v1.Secret", """{"data":{"a":"YQ=="},"stringData":{"b":"b"}}""", """{"data":{"a":"YQ==","b":"Yg=="},"type":"Opaque"}""")]
    [InlineData("core/v1.Namespace", """{"metadata":{"name":"n"}}""", """{"metadata":{"name":"n","labels":{"kubernetes.io/metadata.name":"n"}},"status":{"phase":"Active"}}""")]
    [InlineData("core/v1.Node", """{"status":{"capacity":{"cpu":"4"}}}""", """{"status":{"capacity":{"cpu":"4"},"allocatable":{"cpu":"4"},"daemonEndpoints":{"kubeletEndpoint":{"Port":0}},"nodeInfo":{"machineID":"","systemUUID":"","bootID":"","kernelVersion":"","osImage":"","containerRuntimeVersion":"","kubeletVersion":"","kubeProxyVersion":"","operatingSystem":"","architecture":""}}}""")]
    [InlineData("rbac/v1.ClusterRoleBinding", """{"subjects":[{"kind":"User","name":"u"},{"kind":"ServiceAccount","name":"s"}],"roleRef":{"kind":"ClusterRole","name":"r"}}""", """{"subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"u"},{"kind":"ServiceAccount","name":"s"}],"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"r"}}""")]
    [InlineData("storage/v1.StorageClass", "{}", """{"reclaimPolicy":"Delete","volumeBindingMode":"Immediate"}""")]
    [InlineData("scheduling/v1.PriorityClass", "{}", """{"preemptionPolicy":"PreemptLowerPriority"}""")]
    [InlineData("discovery/v1.EndpointSlice", """{"ports":[{"port":1}]}""", """{"ports":[{"name":"","protocol":"TCP","port":1}]}""")]
    public void AnObjectIsCompleted(string kind, string item, string expected)
    {
        var defaulted = Default(kind, item);
        foreach (var (name, value) in (ObjectValue)Value.Parse(expected))
            Assert.Equal(value.ToString(), defaulted[name]?.ToString());
        Assert.Null(defaulted["stringData"]);
    }

    private static void Check(string kind, string item, string expected) =>
        Assert.Equal(Value.Parse(expected).ToString(), ObjectDecoder.Normalize(Default(kind, item), BuiltIn.Schema[kind]).Object.ToString());

    private static ObjectValue Default(string kind, string item)
    {
        var schema = BuiltIn.Schema[kind];
        var tree = ObjectDecoder.Decode(System.Text.Encoding.UTF8.GetBytes(item), schema).Object;
        KindRules.For(schema).Default(tree);
        return ObjectDecoder.Normalize(tree, schema).Object;
    }

    private static Value At(Value item, params string[] path)
    {
        foreach (var step in path)
            item = item is ListValue list ? list[int.Parse(step, null)] : item.AsObject()![step]!;
        return item;
    }
}
