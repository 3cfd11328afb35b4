using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Rules;

/// <summary>One good object of each kind, what upstream says of mistakes in it, and what may not change.</summary>
public sealed class KindValidationTests
{
    private static readonly Dictionary<string, string> Good = new(StringComparer.Ordinal)
    {
        ["core/v1.ConfigMap"] = """{"metadata":{"name":"m","namespace":"n"},"data":{"a.b":"c"}}""",
        ["core/v1.Secret"] = """{"metadata":{"name":"m","namespace":"n"},"stringData":{"a":"c"}}""",
        ["core/v1.Namespace"] = """{"metadata":{"name":"n"}}""",
        ["core/v1.Node"] = """{"metadata":{"name":"n"},"spec":{"podCIDR":"10.0.0.0/24","podCIDRs":["10.0.0.0/24"]}}""",
        ["core/v1.LimitRange"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"limits":[{"type":"Container","max":{"cpu":"2"},"min":{"cpu":"1"}}]}}""",
        ["core/v1.ResourceQuota"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"hard":{"pods":"2","requests.cpu":"500m"}}}""",
        ["core/v1.PersistentVolume"] = """{"metadata":{"name":"m"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/x"}}}""",
        ["core/v1.PersistentVolumeClaim"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""",
        ["core/v1.ReplicationController"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""",
        ["core/v1.Endpoints"] = """{"metadata":{"name":"m","namespace":"n"},"subsets":[{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"port":80}]}]}""",
        ["core/v1.Event"] = """{"metadata":{"name":"m","namespace":"n"},"involvedObject":{"namespace":"n"}}""",
        ["batch/v1.Job"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}""",
        ["batch/v1.CronJob"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"schedule":"*/5 * * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}""",
        ["autoscaling/v2.HorizontalPodAutoscaler"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"},"maxReplicas":5,"behavior":{}}}""",
        ["autoscaling/v1.HorizontalPodAutoscaler"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"maxReplicas":5}}""",
        ["networking/v1.Ingress"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"rules":[{"host":"a.b","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"s","port":{"number":80}}}}]}}]}}""",
        ["networking/v1.IngressClass"] = """{"metadata":{"name":"m"},"spec":{"controller":"a.b/c"}}""",
        ["networking/v1.NetworkPolicy"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"podSelector":{},"ingress":[{"from":[{"podSelector":{}}],"ports":[{"port":80}]}]}}""",
        ["policy/v1.PodDisruptionBudget"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"minAvailable":"50%","selector":{}}}""",
        ["rbac/v1.ClusterRole"] = """{"metadata":{"name":"system:x"},"rules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]},{"verbs":["get"],"nonResourceURLs":["/healthz"]}]}""",
        ["rbac/v1.Role"] = """{"metadata":{"name":"m","namespace":"n"},"rules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]}""",
        ["rbac/v1.RoleBinding"] = """{"metadata":{"name":"m","namespace":"n"},"subjects":[{"kind":"User","name":"u"}],"roleRef":{"kind":"Role","name":"r"}}""",
        ["rbac/v1.ClusterRoleBinding"] = """{"metadata":{"name":"m"},"subjects":[{"kind":"ServiceAccount","name":"u","namespace":"n"}],"roleRef":{"kind":"ClusterRole","name":"r"}}""",
        ["scheduling/v1.PriorityClass"] = """{"metadata":{"name":"high"},"value":1000}""",
        ["storage/v1.StorageClass"] = """{"metadata":{"name":"m"},"provisioner":"a.b/c"}""",
        ["storage/v1.CSIDriver"] = """{"metadata":{"name":"a.b"},"spec":{}}""",
        ["coordination/v1.Lease"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"leaseDurationSeconds":15}}""",
        ["discovery/v1.EndpointSlice"] = """{"metadata":{"name":"m","namespace":"n"},"addressType":"IPv4","endpoints":[{"addresses":["10.0.0.1"]}],"ports":[{"name":"a","port":80}]}""",
        ["admissionregistration/v1.ValidatingWebhookConfiguration"] = """{"metadata":{"name":"m"},"webhooks":[{"name":"a.b.c","clientConfig":{"url":"https://x/y"},"sideEffects":"None","admissionReviewVersions":["v1"],"rules":[{"operations":["*"],"apiGroups":["*"],"apiVersions":["*"],"resources":["*"]}]}]}""",
        ["apiextensions/v1.CustomResourceDefinition"] = """{"metadata":{"name":"crontabs.a.b"},"spec":{"group":"a.b","names":{"plural":"crontabs","kind":"CronTab"},"scope":"Namespaced","versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}""",
        ["apiregistration/v1.APIService"] = """{"metadata":{"name":"v1.a.b"},"spec":{"group":"a.b","version":"v1","groupPriorityMinimum":100,"versionPriority":10}}""",
        ["certificates/v1.CertificateSigningRequest"] = $$$"""{"metadata":{"name":"m"},"spec":{"request":"{{{SigningRequest.Base64}}}","signerName":"a.b/c","usages":["client auth"]}}""",
        ["node/v1.RuntimeClass"] = """{"metadata":{"name":"m"},"handler":"runc"}""",
    };

    public static TheoryData<string> Kinds => [.. Good.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AGoodObjectHasNoErrors(string kind) => Assert.Empty(RuleCheck.Create(kind, Good[kind]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AnUnchangedObjectMayBeWrittenAgain(string kind)
    {
        var item = RuleCheck.Complete(kind, Good[kind]);
        Assert.Empty(RuleCheck.Update(kind, item, _ => { }));
        Assert.Empty(RuleCheck.Update(kind, item, _ => { }, "status"));
    }

    [Theory]
    [InlineData("core/v1.ConfigMap", "data", """{"a b":"c"}""", "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")]
    [InlineData("core/v1.ConfigMap", "binaryData", """{"a.b":"YQ=="}""", "data[a.b]: Invalid value: \"a.b\": duplicate of key present in binaryData")]
    [InlineData("core/v1.Secret", "type", "\"kubernetes.io/tls\"", "data[tls.crt]: Required value|data[tls.key]: Required value")]
    [InlineData("core/v1.Secret", "type", "\"kubernetes.io/service-account-token\"", "metadata.annotations[kubernetes.io/service-account.name]: Required value")]
    [InlineData("core/v1.Namespace", "metadata/name", "\"a.b\"", "metadata.name: Invalid value: \"a.b\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("core/v1.Namespace", "metadata/namespace", "\"a\"", "metadata.namespace: Forbidden: not allowed on this type")]
    [InlineData("core/v1.Node", "spec/taints", """[{"key":"a","effect":"Never"}]""", "metadata.taints[0].effect: Unsupported value: \"Never\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"")]
    [InlineData("core/v1.LimitRange", "spec/limits/0/min/cpu", "\"3\"", "spec.limits[0].min[cpu]: Invalid value: \"3\": min value 3 is greater than max value 2|spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": min value 3 is greater than default request value 2|spec.limits[0].default[cpu]: Invalid value: \"3\": min value 3 is greater than default value 2")]
    [InlineData("core/v1.ResourceQuota", "spec/hard/pods", "\"1500m\"", "spec.hard[pods]: Invalid value: \"1500m\": must be an integer")]
    [InlineData("core/v1.PersistentVolume", "spec/hostPath", null, "spec: Required value: must specify a volume type")]
    [InlineData("core/v1.PersistentVolume", "spec/accessModes", "[]", "spec.accessModes: Required value")]
    [InlineData("core/v1.PersistentVolumeClaim", "spec/accessModes", "[]", "spec.accessModes: Required value: at least 1 access mode is required")]
    [InlineData("core/v1.PersistentVolumeClaim", "spec/resources", "{}", "spec.resources[storage]: Required value")]
    [InlineData("core/v1.ReplicationController", "spec/selector", """{"x":"y"}""", "spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`")]
    [InlineData("core/v1.Endpoints", "subsets/0/addresses/0/ip", "\"127.0.0.1\"", "subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("core/v1.Event", "involvedObject/namespace", "\"x\"", "involvedObject.namespace: Invalid value: \"x\": does not match event.namespace")]
    public void AMistakeInACoreObjectIsNamed(string kind, string path, string? json, string messages) =>
        CheckMistake(kind, path, json, messages);

    [Theory]
    [InlineData("batch/v1.Job", "spec/template/spec/restartPolicy", "\"Always\"", "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    [InlineData("batch/v1.Job", "spec/parallelism", "-1", "spec.parallelism: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("batch/v1.CronJob", "spec/schedule", "\"\"", "spec.schedule: Required value")]
    [InlineData("batch/v1.CronJob", "spec/schedule", "\"5\"", "spec.schedule: Invalid value: \"5\": expected exactly 5 fields, found 1: [5]")]
    [InlineData("batch/v1.CronJob", "spec/schedule", "\"61 * * * *\"", "spec.schedule: Invalid value: \"61 * * * *\": end of range (61) above maximum (59): 61")]
    [InlineData("batch/v1.CronJob", "spec/schedule", "\"x * * * *\"", "spec.schedule: Invalid value: \"x * * * *\": failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("batch/v1.CronJob", "spec/schedule", "\"@often\"", "spec.schedule: Invalid value: \"@often\": unrecognized descriptor: @often")]
    [InlineData("batch/v1.CronJob", "spec/schedule", "\"TZ=UTC * * * * *\"", "spec.schedule: Invalid value: \"TZ=UTC * * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead")]
    [InlineData("batch/v1.CronJob", "spec/timeZone", "\"Mars/Base\"", "spec.timeZone: Invalid value: \"Mars/Base\": unknown time zone Mars/Base")]
    [InlineData("batch/v1.CronJob", "spec/concurrencyPolicy", "\"X\"", "spec.concurrencyPolicy: Unsupported value: \"X\": supported values: \"Allow\", \"Forbid\", \"Replace\"")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/maxReplicas", "0", "spec.maxReplicas: Invalid value: 0: must be greater than 0|spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/minReplicas", "9", "spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/scaleTargetRef/kind", "\"\"", "spec.scaleTargetRef.kind: Required value")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/metrics/0/resource", null, "spec.metrics[0].resource: Required value: must populate information for the given metric source")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/behavior/scaleUp/policies", "[]", "spec.behavior.scaleUp.policies: Required value: must specify at least one Policy")]
    [InlineData("networking/v1.Ingress", "spec/rules", null, "spec: Invalid value: []: either `defaultBackend` or `rules` must be specified")]
    [InlineData("networking/v1.Ingress", "spec/rules/0/host", "\"1.2.3.4\"", "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address")]
    [InlineData("networking/v1.Ingress", "spec/rules/0/http/paths/0/pathType", null, "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified")]
    [InlineData("networking/v1.Ingress", "spec/rules/0/http/paths/0/path", "\"x\"", "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path")]
    [InlineData("networking/v1.Ingress", "spec/rules/0/http/paths/0/backend", "{}", "spec.rules[0].http.paths[0].backend: Invalid value: \"\": resource or service backend is required")]
    [InlineData("networking/v1.Ingress", "spec/rules/0/http/paths/0/backend/service/port", "{}", "spec.rules[0].http.paths[0].backend: Required value: port name or number is required")]
    [InlineData("networking/v1.IngressClass", "spec/controller", "\"\"", "spec.controller: Required value")]
    [InlineData("networking/v1.NetworkPolicy", "spec/ingress/0/from/0", "{}", "spec.ingress[0].from[0]: Required value: must specify a peer")]
    [InlineData("networking/v1.NetworkPolicy", "spec/ingress/0/ports/0/endPort", "79", "spec.ingress[0].ports[0].endPort: Invalid value: 79: must be greater than or equal to `port`")]
    [InlineData("networking/v1.NetworkPolicy", "spec/ingress/0/from/0", """{"ipBlock":{"cidr":"10.0.0.0/8","except":["11.0.0.0/16"]}}""", "spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/16\": must be a strict subset of `cidr`")]
    [InlineData("policy/v1.PodDisruptionBudget", "spec/minAvailable", "\"101%\"", "spec.minAvailable: Invalid value: \"101%\": must not be greater than 100%")]
    [InlineData("policy/v1.PodDisruptionBudget", "spec/minAvailable", "\"x\"", "spec.minAvailable: Invalid value: \"x\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')")]
    [InlineData("rbac/v1.ClusterRole", "metadata/name", "\"a/b\"", "metadata.name: Invalid value: \"a/b\": may not contain '/'")]
    [InlineData("rbac/v1.ClusterRole", "rules/0/verbs", "[]", "rules[0].verbs: Required value: verbs must contain at least one value")]
    [InlineData("rbac/v1.ClusterRole", "rules/0/resources", "[]", "rules[0].resources: Required value: resource rules must supply at least one resource")]
    [InlineData("rbac/v1.Role", "rules/0", """{"verbs":["get"],"nonResourceURLs":["/x"]}""", "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to non-resource URLs")]
    [InlineData("rbac/v1.RoleBinding", "roleRef/kind", "\"X\"", "roleRef.kind: Unsupported value: \"X\": supported values: \"Role\", \"ClusterRole\"")]
    [InlineData("rbac/v1.RoleBinding", "subjects/0/kind", "\"X\"", "subjects[0].kind: Unsupported value: \"X\": supported values: \"ServiceAccount\", \"User\", \"Group\"")]
    [InlineData("rbac/v1.ClusterRoleBinding", "subjects/0/namespace", null, "subjects[0].namespace: Required value")]
    [InlineData("scheduling/v1.PriorityClass", "value", "2000000000", "value: Forbidden: maximum allowed value of a user defined priority is 1000000000")]
    [InlineData("scheduling/v1.PriorityClass", "metadata/name", "\"system-x\"", "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-x is not a known system priority class")]
    [InlineData("storage/v1.StorageClass", "provisioner", "\"\"", "provisioner: Required value")]
    [InlineData("storage/v1.StorageClass", "reclaimPolicy", "\"Recycle\"", "reclaimPolicy: Unsupported value: \"Recycle\": supported values: \"Delete\", \"Retain\"")]
    [InlineData("coordination/v1.Lease", "spec/leaseDurationSeconds", "0", "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("discovery/v1.EndpointSlice", "addressType", "\"X\"", "addressType: Unsupported value: \"X\": supported values: \"FQDN\", \"IPv4\", \"IPv6\"")]
    [InlineData("discovery/v1.EndpointSlice", "endpoints/0/addresses", "[]", "endpoints[0].addresses: Required value: must contain at least 1 address")]
    [InlineData("discovery/v1.EndpointSlice", "endpoints/0/addresses", """["::1"]""", "endpoints[0].addresses[0]: Invalid value: \"::1\": must be an IPv4 address")]
    [InlineData("admissionregistration/v1.ValidatingWebhookConfiguration", "webhooks/0/name", "\"a.b\"", "webhooks[0].name: Invalid value: \"a.b\": should be a domain with at least three segments separated by dots")]
    [InlineData("admissionregistration/v1.ValidatingWebhookConfiguration", "webhooks/0/sideEffects", null, "webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun")]
    [InlineData("admissionregistration/v1.ValidatingWebhookConfiguration", "webhooks/0/timeoutSeconds", "31", "webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds")]
    [InlineData("admissionregistration/v1.ValidatingWebhookConfiguration", "webhooks/0/clientConfig", "{}", "webhooks[0].clientConfig: Required value: exactly one of url or service is required")]
    [InlineData("admissionregistration/v1.ValidatingWebhookConfiguration", "webhooks/0/rules/0/operations", """["*","CREATE"]""", "webhooks[0].rules[0].operations: Invalid value: [\"*\",\"CREATE\"]: if '*' is present, must not specify other operations")]
    [InlineData("apiextensions/v1.CustomResourceDefinition", "metadata/name", "\"x\"", "metadata.name: Invalid value: \"x\": must be spec.names.plural+\".\"+spec.group")]
    [InlineData("apiextensions/v1.CustomResourceDefinition", "spec/versions/0/schema", null, "spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required")]
    [InlineData("apiextensions/v1.CustomResourceDefinition", "spec/scope", "\"X\"", "spec.scope: Unsupported value: \"X\": supported values: \"Cluster\", \"Namespaced\"")]
    [InlineData("apiregistration/v1.APIService", "metadata/name", "\"x\"", "metadata.name: Invalid value: \"x\": must be `spec.version+\".\"+spec.group`: \"v1.a.b\"")]
    [InlineData("certificates/v1.CertificateSigningRequest", "spec/expirationSeconds", "5", "spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 600 seconds (10 minutes)")]
    [InlineData("node/v1.RuntimeClass", "handler", "\"\"", "handler: Invalid value: \"\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    public void AMistakeIsNamed(string kind, string path, string? json, string messages) => CheckMistake(kind, path, json, messages);

    private static void CheckMistake(string kind, string path, string? json, string messages)
    {
        var item = RuleCheck.Complete(kind, Good[kind]);
        item.Set(path, json);
        Assert.Equal(messages.Split('|'), RuleCheck.Create(kind, item));
    }

    [Theory]
    [InlineData("core/v1.Secret", "type", "\"x/y\"", "type: Invalid value: \"x/y\": field is immutable")]
    [InlineData("core/v1.ResourceQuota", "spec/scopes", """["BestEffort"]""", "spec.scopes: Invalid value: [\"BestEffort\"]: field is immutable")]
    [InlineData("core/v1.Node", "spec/podCIDRs", """["10.0.1.0/24"]""", "spec.podCIDRs: Forbidden: node updates may not change podCIDR except from \"\" to valid")]
    [InlineData("core/v1.PersistentVolume", "spec/hostPath/path", "\"/y\"", "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation\n")]
    [InlineData("core/v1.PersistentVolumeClaim", "spec/accessModes", """["ReadOnlyMany"]""", "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n")]
    [InlineData("batch/v1.Job", "spec/completions", "7", "spec.completions: Invalid value: 7: field is immutable")]
    [InlineData("networking/v1.IngressClass", "spec/controller", "\"x.y/z\"", "spec.controller: Invalid value: \"x.y/z\": field is immutable")]
    [InlineData("rbac/v1.RoleBinding", "roleRef", """{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"x"}""", "roleRef: Invalid value: {\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"x\"}: cannot change roleRef")]
    [InlineData("scheduling/v1.PriorityClass", "value", "5", "value: Forbidden: may not be changed in an update.")]
    [InlineData("storage/v1.StorageClass", "provisioner", "\"x.y/z\"", "provisioner: Forbidden: updates to provisioner are forbidden.")]
    [InlineData("discovery/v1.EndpointSlice", "addressType", "\"FQDN\"", "addressType: Invalid value: \"FQDN\": field is immutable")]
    [InlineData("apiextensions/v1.CustomResourceDefinition", "spec/group", "\"c.d\"", "spec.group: Invalid value: \"c.d\": field is immutable")]
    [InlineData("node/v1.RuntimeClass", "handler", "\"x\"", "handler: Invalid value: \"x\": field is immutable")]
    public void SomeFieldsMayNotChange(string kind, string path, string json, string message)
    {
        var item = RuleCheck.Complete(kind, Good[kind]);
        Assert.Contains(message, RuleCheck.Update(kind, item, i => i.Set(path, json)));
    }

    [Fact]
    public void WhatIsMarkedImmutableKeepsItsDataAndItsMark()
    {
        var item = RuleCheck.Complete("core/v1.ConfigMap", Good["core/v1.ConfigMap"]);
        item["immutable"] = true;
        Assert.Equal(
            ["immutable: Forbidden: field is immutable when `immutable` is set", "data: Forbidden: field is immutable when `immutable` is set"],
            RuleCheck.Update("core/v1.ConfigMap", item, i =>
            {
                i.Remove("immutable");
                i.Set("data", "{}");
            }));
    }

    [Fact]
    public void TooMuchDataIsRefused()
    {
        var item = new ObjectValue
        {
            ["metadata"] = Value.Parse("""{"name":"m","namespace":"n"}"""),
            ["data"] = new ObjectValue { ["a"] = new string('x', 1024 * 1024 + 1) },
        };
        Assert.Equal(": Too long: may not be more than 1048576 bytes", Assert.Single(RuleCheck.Create("core/v1.ConfigMap", item)));
    }

    [Fact]
    public void ACronJobsNameLeavesRoomForItsJobs()
    {
        var item = RuleCheck.Complete("batch/v1.CronJob", Good["batch/v1.CronJob"]);
        item.Set("metadata/name", $"\"{new string('a', 53)}\"");
        Assert.Contains("must be no more than 52 characters", Assert.Single(RuleCheck.Create("batch/v1.CronJob", item)), StringComparison.Ordinal);
    }

    [Fact]
    public void ASuspendedJobMayStillChooseItsNodes()
    {
        var item = RuleCheck.Complete("batch/v1.Job", Good["batch/v1.Job"]);
        item.Set("spec/suspend", "true");
        Assert.Empty(RuleCheck.Update("batch/v1.Job", item, i => i.Set("spec/template/spec/nodeSelector", """{"a":"b"}""")));
        item.Set("spec/suspend", "false");
        Assert.StartsWith(
            "spec.template: Invalid value:",
            Assert.Single(RuleCheck.Update("batch/v1.Job", item, i => i.Set("spec/template/spec/nodeSelector", """{"a":"b"}"""))),
            StringComparison.Ordinal);
    }
}
