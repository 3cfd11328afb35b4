namespace Xebec.Api.Tests.Rules;

/// <summary>Messages of pods as upstream words them.</summary>
public sealed class PodValidationTests
{
    private const string Pod = """
        {"metadata":{"name":"web","namespace":"default"},"spec":{
          "volumes":[{"name":"data","emptyDir":{}}],
          "containers":[{"name":"c","image":"nginx:1","ports":[{"containerPort":80,"name":"http"}],
            "resources":{"requests":{"cpu":"100m"},"limits":{"cpu":"1"}},
            "volumeMounts":[{"name":"data","mountPath":"/data"}],"livenessProbe":{"httpGet":{"path":"/","port":"http"}},
            "env":[{"name":"A","value":"b"}]}]}}
        """;

    [Fact]
    public void AGoodPodHasNoErrors() => Assert.Empty(RuleCheck.Create("core/v1.Pod", Pod));

    [Theory]
    [InlineData("metadata/name", "\"Web\"", "metadata.name: Invalid value: \"Web\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    [InlineData("metadata/name", null, "metadata.name: Required value: name or generateName is required")]
    [InlineData("metadata/namespace", null, "metadata.namespace: Required value")]
    [InlineData("metadata/labels", """{"a":"-"}""", "metadata.labels: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    [InlineData("metadata/finalizers", """["x"]""", "metadata.finalizers[0]: Invalid value: \"x\": name is neither a standard finalizer name nor is it fully qualified")]
    [InlineData("metadata/ownerReferences", """[{"apiVersion":"v1","kind":"X","name":"n","uid":""}]""", "metadata.ownerReferences.uid: Invalid value: \"\": uid must not be empty")]
    [InlineData("spec/containers", "[]", "spec.containers: Required value")]
    [InlineData("spec/containers/0/name", "\"\"", "spec.containers[0].name: Required value")]
    [InlineData("spec/containers/0/name", "\"a_b\"", "spec.containers[0].name: Invalid value: \"a_b\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("spec/containers/0/image", "\"\"", "spec.containers[0].image: Required value")]
    [InlineData("spec/containers/0/image", "\" a\"", "spec.containers[0].image: Invalid value: \" a\": must not have leading or trailing whitespace")]
    [InlineData("spec/containers/0/imagePullPolicy", "\"Sometimes\"", "spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\"")]
    [InlineData("spec/containers/+", """{"name":"c","image":"i","terminationMessagePolicy":"File"}""", "spec.containers[1].name: Duplicate value: \"c\"")]
    [InlineData("spec/containers/0/ports/0/containerPort", "0", "spec.containers[0].ports[0].containerPort: Required value")]
    [InlineData("spec/containers/0/ports/0/containerPort", "70000", "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData("spec/containers/0/ports/0/protocol", "\"ICMP\"", "spec.containers[0].ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("spec/containers/0/ports/0/name", "\"this-name-is-too-long\"", "spec.containers[0].ports[0].name: Invalid value: \"this-name-is-too-long\": must be no more than 15 bytes")]
    [InlineData("spec/containers/0/volumeMounts/0/name", "\"nope\"", "spec.containers[0].volumeMounts[0].name: Not found: \"nope\"")]
    [InlineData("spec/containers/0/volumeMounts/0/mountPath", "\"\"", "spec.containers[0].volumeMounts[0].mountPath: Required value")]
    [InlineData("spec/containers/0/volumeMounts/+", """{"name":"data","mountPath":"/data"}""", "spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/data\": must be unique")]
    [InlineData("spec/containers/0/volumeMounts/0/subPath", "\"/x\"", "spec.containers[0].volumeMounts.subPath: Invalid value: \"/x\": must be a relative path")]
    [InlineData("spec/containers/0/livenessProbe/httpGet/port", "0", "spec.containers[0].livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("spec/containers/0/livenessProbe/httpGet", null, "spec.containers[0].livenessProbe: Required value: must specify a handler type")]
    [InlineData("spec/containers/0/livenessProbe/exec", """{"command":["a"]}""", "spec.containers[0].livenessProbe.httpGet: Forbidden: may not specify more than 1 handler type")]
    [InlineData("spec/containers/0/livenessProbe/successThreshold", "2", "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1")]
    [InlineData("spec/containers/0/livenessProbe/periodSeconds", "-1", "spec.containers[0].livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("spec/containers/0/env/0/name", "\"\"", "spec.containers[0].env[0].name: Required value")]
    [InlineData("spec/containers/0/env/0/name", "\"A=B\"", "spec.containers[0].env[0].name: Invalid value: \"A=B\": a valid environment variable name must consist only of printable ASCII characters other than '='")]
    [InlineData("spec/containers/0/env/0/valueFrom", """{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}""", "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty")]
    [InlineData("spec/containers/0/resources/requests/cpu", "\"2\"", "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData("spec/containers/0/resources/limits/memory", "\"-1\"", "spec.containers[0].resources.limits[memory]: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("spec/containers/0/securityContext", """{"privileged":true,"allowPrivilegeEscalation":false}""", "spec.containers[0].securityContext: Invalid value: {\"privileged\":true,\"allowPrivilegeEscalation\":false}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true")]
    [InlineData("spec/containers/0/securityContext", """{"runAsUser":-1}""", "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive")]
    [InlineData("spec/securityContext", """{"seccompProfile":{"type":"Localhost"}}""", "spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost")]
    [InlineData("spec/volumes/+", """{"name":"data","emptyDir":{}}""", "spec.volumes[1].name: Duplicate value: \"data\"")]
    [InlineData("spec/volumes/0/hostPath", """{"path":"/x"}""", "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type")]
    [InlineData("spec/volumes/0", """{"name":"data","hostPath":{"path":"/a/../b"}}""", "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'")]
    [InlineData("spec/volumes/0", """{"name":"data","secret":{"secretName":""}}""", "spec.volumes[0].secret.secretName: Required value")]
    [InlineData("spec/restartPolicy", "\"Sometimes\"", "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\"")]
    [InlineData("spec/dnsPolicy", "\"None\"", "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None")]
    [InlineData("spec/dnsPolicy", "\"X\"", "spec.dnsPolicy: Unsupported value: \"X\": supported values: \"ClusterFirstWithHostNet\", \"ClusterFirst\", \"Default\", \"None\"")]
    [InlineData("spec/activeDeadlineSeconds", "0", "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive")]
    [InlineData("spec/tolerations", """[{"operator":"Equal"}]""", "spec.tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when `key` is empty, which means \"match all values and all keys\"")]
    [InlineData("spec/tolerations", """[{"key":"a","operator":"Exists","value":"b"}]""", "spec.tolerations[0].operator: Invalid value: \"b\": value must be empty when `operator` is 'Exists'")]
    [InlineData("spec/tolerations", """[{"key":"a","tolerationSeconds":1}]""", "spec.tolerations[0].effect: Invalid value: \"\": effect must be 'NoExecute' when `tolerationSeconds` is set")]
    [InlineData("spec/affinity", """{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[]}}}""", "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term")]
    [InlineData("spec/affinity", """{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":101,"preference":{}}]}}""", "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100")]
    [InlineData("spec/topologySpreadConstraints", """[{"maxSkew":0,"topologyKey":"a","whenUnsatisfiable":"DoNotSchedule"}]""", "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero")]
    [InlineData("spec/topologySpreadConstraints", """[{"maxSkew":1,"topologyKey":"a","whenUnsatisfiable":"ScheduleAnyway"},{"maxSkew":2,"topologyKey":"a","whenUnsatisfiable":"ScheduleAnyway"}]""", "spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: \"{a, ScheduleAnyway}\"")]
    [InlineData("spec/initContainers", """[{"name":"i","image":"i","terminationMessagePolicy":"File","lifecycle":{}}]""", "spec.initContainers[0].lifecycle: Forbidden: may not be set for init containers without restartPolicy=Always")]
    [InlineData("spec/ephemeralContainers", """[{"name":"i","image":"i","terminationMessagePolicy":"File"}]""", "spec.ephemeralContainers: Forbidden: cannot be set on create")]
    [InlineData("spec/hostAliases", """[{"ip":"x"}]""", "spec.hostAliases[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("spec/schedulingGates", """[{"name":"a"},{"name":"a"}]""", "spec.schedulingGates[1]: Duplicate value: \"a\"")]
    public void AMistakeIsNamed(string path, string? json, string message)
    {
        var pod = RuleCheck.Complete("core/v1.Pod", Pod);
        pod.Set(path, json);
        Assert.Equal(message, Assert.Single(RuleCheck.Create("core/v1.Pod", pod)));
    }

    [Fact]
    public void HostPortsAreTakenOnce()
    {
        var pod = RuleCheck.Complete("core/v1.Pod", Pod);
        pod.Set("spec/containers/0/ports", """[{"containerPort":80,"hostPort":80,"protocol":"TCP"},{"containerPort":81,"hostPort":80,"protocol":"TCP"}]""");
        Assert.Equal(
            "spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//80\"", Assert.Single(RuleCheck.Create("core/v1.Pod", pod)));
    }

    [Theory]
    [InlineData("spec/containers/0/image", "\"nginx:2\"")]
    [InlineData("spec/activeDeadlineSeconds", "5")]
    [InlineData("spec/tolerations", """[{"key":"a","operator":"Exists"}]""")]
    [InlineData("metadata/labels", """{"a":"b"}""")]
    public void SomeOfAPodMayChange(string path, string json)
    {
        var pod = RuleCheck.Complete("core/v1.Pod", Pod);
        Assert.Empty(RuleCheck.Update("core/v1.Pod", pod, p => p.Set(path, json)));
    }

    [Theory]
    [InlineData("spec/nodeName", "\"n\"")]
    [InlineData("spec/containers/0/command", """["sh"]""")]
    [InlineData("spec/terminationGracePeriodSeconds", "1")]
    public void MostOfAPodMayNotChange(string path, string json)
    {
        var pod = RuleCheck.Complete("core/v1.Pod", Pod);
        var message = Assert.Single(RuleCheck.Update("core/v1.Pod", pod, p => p.Set(path, json)));
        Assert.StartsWith(
            "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ContainersMayNotBeAdded()
    {
        var pod = RuleCheck.Complete("core/v1.Pod", Pod);
        Assert.Equal(
            "spec.containers: Forbidden: pod updates may not add or remove containers",
            Assert.Single(RuleCheck.Update("core/v1.Pod", pod, p => p.Set("spec/containers/+", """{"name":"d","image":"i"}"""))));
    }

    [Theory]
    [InlineData("metadata/name", "\"x\"", "metadata.name: Invalid value: \"x\": field is immutable")]
    [InlineData("metadata/uid", "\"x\"", "metadata.uid: Invalid value: \"x\": field is immutable")]
    public void IdentityMayNotChange(string path, string json, string message)
    {
        var pod = RuleCheck.Complete("core/v1.Pod", Pod);
        Assert.Equal(message, Assert.Single(RuleCheck.Update("core/v1.Pod", pod, p => p.Set(path, json))));
    }

    [Fact]
    public void NoFinalizerIsAddedToADeletedObject()
    {
        var pod = RuleCheck.Complete("core/v1.Pod", Pod);
        pod.Set("metadata/deletionTimestamp", "\"2026-01-01T00:00:00Z\"");
        Assert.Equal(
            "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"a/b\"}",
            Assert.Single(RuleCheck.Update("core/v1.Pod", pod, p => p.Set("metadata/finalizers", """["a/b"]"""))));
    }

    [Fact]
    public void EphemeralContainersAreOnlyAdded()
    {
        var pod = RuleCheck.Complete("core/v1.Pod", Pod);
        Assert.Empty(RuleCheck.Update(
            "core/v1.Pod", pod, p => p.Set("spec/ephemeralContainers", """[{"name":"e","image":"i"}]"""), "ephemeralcontainers"));
        pod.Set("spec/ephemeralContainers", """[{"name":"e","image":"i"}]""");
        Assert.Equal(
            "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"e\" may not be removed\n",
            Assert.Single(RuleCheck.Update("core/v1.Pod", pod, p => p.Set("spec/ephemeralContainers", null), "ephemeralcontainers")));
    }
}
