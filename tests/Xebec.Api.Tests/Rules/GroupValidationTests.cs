using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Rules;

/// <summary>Kinds of the smaller groups: an object, a change to it, and what upstream says; nothing when it is allowed.</summary>
public sealed class GroupValidationTests
{
    private const string Label = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private static readonly Dictionary<string, string> Good = new(StringComparer.Ordinal)
    {
        ["apps/v1.StatefulSet"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""",
        ["apps/v1.DaemonSet"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""",
        ["autoscaling/v1.HorizontalPodAutoscaler"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"maxReplicas":5}}""",
        ["autoscaling/v2.HorizontalPodAutoscaler"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"maxReplicas":5,"behavior":{}}}""",
        ["flowcontrol/v1.FlowSchema"] = """{"metadata":{"name":"m"},"spec":{"priorityLevelConfiguration":{"name":"p"},"rules":[{"subjects":[{"kind":"User","user":{"name":"u"}}],"resourceRules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"],"namespaces":["n"]}],"nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["/x/*"]}]}]}}""",
        ["flowcontrol/v1.PriorityLevelConfiguration"] = """{"metadata":{"name":"m"},"spec":{"type":"Limited","limited":{"limitResponse":{"type":"Queue","queuing":{}}}}}""",
        ["networking/v1.Ingress"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"rules":[{"http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"s","port":{"number":80}}}}]}}],"tls":[{"hosts":["a.b"]}]}}""",
        ["networking/v1.IngressClass"] = """{"metadata":{"name":"m"},"spec":{"controller":"a.b/c","parameters":{"kind":"K","name":"p"}}}""",
        ["networking/v1.IPAddress"] = """{"metadata":{"name":"10.0.0.1"},"spec":{"parentRef":{"resource":"services","name":"s","namespace":"n"}}}""",
        ["networking/v1.ServiceCIDR"] = """{"metadata":{"name":"m"},"spec":{"cidrs":["10.0.0.0/24"]}}""",
        ["rbac/v1.ClusterRole"] = """{"metadata":{"name":"m"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"a":"b"}}]}}""",
        ["storage/v1.CSIDriver"] = """{"metadata":{"name":"a.b"},"spec":{"tokenRequests":[{"audience":"x"}]}}""",
        ["storage/v1.CSINode"] = """{"metadata":{"name":"n"},"spec":{"drivers":[{"name":"a.b","nodeID":"i","topologyKeys":["x.y/z"]}]}}""",
        ["storage/v1.StorageClass"] = """{"metadata":{"name":"m"},"provisioner":"a.b/C","allowedTopologies":[{"matchLabelExpressions":[{"key":"z","values":["a"]}]}]}""",
        ["storage/v1.VolumeAttachment"] = """{"metadata":{"name":"m"},"spec":{"attacher":"a.b","nodeName":"n","source":{"inlineVolumeSpec":{"accessModes":["ReadWriteOnce"],"csi":{"driver":"a.b","volumeHandle":"h"}}}}}""",
        ["storage/v1.VolumeAttributesClass"] = """{"metadata":{"name":"m"},"driverName":"a.b","parameters":{"a":"b"}}""",
        ["discovery/v1.EndpointSlice"] = """{"metadata":{"name":"m","namespace":"n"},"addressType":"FQDN","endpoints":[{"addresses":["a.b"],"hints":{"forZones":[{"name":"z"}]}}],"ports":[{"name":"a","port":80}]}""",
        ["apiregistration/v1.APIService"] = """{"metadata":{"name":"v1.a.b"},"spec":{"group":"a.b","version":"v1","groupPriorityMinimum":100,"versionPriority":10,"service":{"name":"s","namespace":"n"}}}""",
        ["admissionregistration/v1.MutatingWebhookConfiguration"] = """{"metadata":{"name":"m"},"webhooks":[{"name":"a.b.c","clientConfig":{"service":{"name":"s","namespace":"n","path":"/a/b"}},"sideEffects":"None","admissionReviewVersions":["v1"],"rules":[{"operations":["*"],"apiGroups":["*"],"apiVersions":["*"],"resources":["pods/*"]}]}]}""",
        ["certificates/v1.CertificateSigningRequest"] = $$$"""{"metadata":{"name":"m"},"spec":{"request":"{{{SigningRequest.Base64}}}","signerName":"a.b/c","usages":["client auth"]}}""",
        ["node/v1.RuntimeClass"] = """{"metadata":{"name":"m"},"handler":"runc","scheduling":{"tolerations":[{"key":"a","operator":"Exists"}]}}""",
        ["resource/v1.ResourceClaim"] = """{"metadata":{"name":"m","namespace":"n"},"spec":{"devices":{"requests":[{"name":"a","exactly":{"deviceClassName":"c"}},{"name":"b","firstAvailable":[{"name":"x","deviceClassName":"c"}]}],"constraints":[{"requests":["a","b/x"],"matchAttribute":"d.e/f"}],"config":[{"requests":["a"],"opaque":{"driver":"d.e","parameters":{"k":1}}}]}}}""",
        ["resource/v1.ResourceSlice"] = """{"metadata":{"name":"m"},"spec":{"driver":"d.e","nodeName":"n","pool":{"name":"p","resourceSliceCount":1},"devices":[{"name":"d","attributes":{"model":{"string":"m"},"x.y/v":{"version":"1.2.3"}},"capacity":{"memory":{"value":"1Gi"}}}]}}""",
        ["resource/v1.DeviceClass"] = """{"metadata":{"name":"m"},"spec":{"selectors":[{"cel":{"expression":"true"}}]}}""",
    };

    public static TheoryData<string> Kinds => [.. Good.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AGoodObjectIsAllowed(string kind) => Assert.Empty(RuleCheck.Create(kind, Good[kind]));

    [Theory]
    [InlineData("apps/v1.StatefulSet", "metadata/name", "\"a.b\"", "metadata.name: Invalid value: \"a.b\": " + Label)]
    [InlineData("apps/v1.StatefulSet", "spec/revisionHistoryLimit", "-1", "")]
    [InlineData("apps/v1.StatefulSet", "spec/updateStrategy/rollingUpdate/maxUnavailable", "0", "spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0: cannot be 0")]
    [InlineData("apps/v1.DaemonSet", "spec/selector", null, "spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`")]
    [InlineData("autoscaling/v1.HorizontalPodAutoscaler", "spec/targetCPUUtilizationPercentage", "-1", "spec.metrics[0].resource.target.averageUtilization: Invalid value: -1: must be greater than 0")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/behavior/scaleUp/stabilizationWindowSeconds", "3601", "spec.behavior.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be less than or equal to 3600")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/behavior/scaleUp/policies/0/periodSeconds", "1801", "spec.behavior.scaleUp.policies[0].periodSeconds: Invalid value: 1801: must be less than or equal to 1800")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/behavior/scaleUp/tolerance", "\"-1\"", "spec.behavior.scaleUp.tolerance: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/metrics/0", """{"type":"Pods","pods":{"metric":{"name":"x"},"target":{"type":"Value","value":"1"}}}""", "spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue")]
    [InlineData("autoscaling/v2.HorizontalPodAutoscaler", "spec/metrics/0", """{"type":"External","external":{"metric":{"name":"x"},"target":{"type":"X","value":"-1"}}}""", "spec.metrics[0].external.target.type: Invalid value: \"X\": must be either Utilization, Value, or AverageValue|spec.metrics[0].external.target.value: Invalid value: \"-1\": must be positive")]
    [InlineData("flowcontrol/v1.FlowSchema", "spec/matchingPrecedence", "1", "spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1")]
    [InlineData("flowcontrol/v1.FlowSchema", "spec/matchingPrecedence", "10001", "spec.matchingPrecedence: Invalid value: 10001: must not be greater than 10000")]
    [InlineData("flowcontrol/v1.FlowSchema", "spec/rules/0/subjects", "[]", "spec.rules[0].subjects: Required value: subjects must contain at least one value")]
    [InlineData("flowcontrol/v1.FlowSchema", "spec/rules/0/subjects/0/group", """{"name":"g"}""", "spec.rules[0].subjects[0].group: Forbidden: group is forbidden when subject kind is not 'Group'")]
    [InlineData("flowcontrol/v1.FlowSchema", "spec/rules/0/resourceRules/0/namespaces", "[]", "spec.rules[0].resourceRules[0].namespaces: Required value: resource rules that are not cluster scoped must supply at least one namespace")]
    [InlineData("flowcontrol/v1.FlowSchema", "spec/rules/0/resourceRules/0/verbs", """["fly"]""", "spec.rules[0].resourceRules[0].verbs: Unsupported value: [\"fly\"]: supported values: \"create\", \"delete\", \"deletecollection\", \"get\", \"list\", \"patch\", \"proxy\", \"update\", \"watch\"")]
    [InlineData("flowcontrol/v1.FlowSchema", "spec/rules/0/nonResourceRules/0/nonResourceURLs", """["/a*"]""", "spec.rules[0].nonResourceRules[0].nonResourceURLs[0]: Invalid value: \"/a*\": wildcard can only do suffix matching")]
    [InlineData("flowcontrol/v1.PriorityLevelConfiguration", "spec/type", "\"Exempt\"", "spec.limited: Forbidden: must be nil if the type is not Limited|spec.type: Invalid value: \"Exempt\": type must be 'Exempt' if and only if name is 'exempt'")]
    [InlineData("flowcontrol/v1.PriorityLevelConfiguration", "spec/limited/limitResponse/queuing", """{"queues":4,"handSize":8,"queueLengthLimit":1}""", "spec.limited.limitResponse.queuing.handSize: Invalid value: 8: should not be greater than queues (4)")]
    [InlineData("flowcontrol/v1.PriorityLevelConfiguration", "spec/limited/limitResponse/queuing", """{"queues":512,"handSize":8,"queueLengthLimit":1}""", "spec.limited.limitResponse.queuing.handSize: Invalid value: 8: required entropy bits of deckSize 512 and handSize 8 should not be greater than 60")]
    [InlineData("flowcontrol/v1.PriorityLevelConfiguration", "spec/limited/nominalConcurrencyShares", "-1", "spec.limited.nominalConcurrencyShares: Invalid value: -1: must be a non-negative integer")]
    [InlineData("networking/v1.Ingress", "spec/rules/0/http/paths/0/backend/service/name", "\"1a\"", "")]
    [InlineData("networking/v1.Ingress", "spec/rules/0/http/paths/0/backend", """{"resource":{"kind":"K/L","name":""}}""", "spec.rules[0].http.paths[0].backend.resource.kind: Invalid value: \"K/L\": may not contain '/'|spec.rules[0].http.paths[0].backend.resource.name: Required value")]
    [InlineData("networking/v1.Ingress", "spec/tls/0/hosts", """["*"]""", "spec.tls[0].hosts[0]: Invalid value: \"*\": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    [InlineData("networking/v1.Ingress", "metadata/annotations", """{"kubernetes.io/ingress.class":"x"}""", "")]
    [InlineData("networking/v1.IngressClass", "spec/controller", "\"a\"", "spec.controller: Invalid value: \"a\": must be a domain-prefixed path (such as \"acme.io/foo\")")]
    [InlineData("networking/v1.IngressClass", "spec/parameters/namespace", "\"n\"", "spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'")]
    [InlineData("networking/v1.IPAddress", "metadata/name", "\"2001:DB8::1\"", "metadata.name: Invalid value: \"2001:DB8::1\": must be in canonical form (\"2001:db8::1\")")]
    [InlineData("networking/v1.IPAddress", "metadata/name", "\"010.0.0.1\"", "metadata.name: Invalid value: \"010.0.0.1\": must not have leading 0s")]
    [InlineData("networking/v1.ServiceCIDR", "spec/cidrs", """["10.0.0.1/24"]""", "spec.cidrs[0]: Invalid value: \"10.0.0.1/24\": must not have bits set beyond the prefix length")]
    [InlineData("networking/v1.ServiceCIDR", "spec/cidrs", """["10.0.0.0/24","10.1.0.0/24"]""", "spec.cidrs: Invalid value: [\"10.0.0.0/24\",\"10.1.0.0/24\"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64")]
    [InlineData("networking/v1.ServiceCIDR", "spec/cidrs", "[]", "spec.cidrs: Required value: at least one CIDR required")]
    [InlineData("rbac/v1.ClusterRole", "aggregationRule/clusterRoleSelectors", "[]", "aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil")]
    [InlineData("storage/v1.CSIDriver", "spec/tokenRequests/+", """{"audience":"x"}""", "spec.tokenRequests[1].audience: Duplicate value: \"x\"")]
    [InlineData("storage/v1.CSIDriver", "spec/tokenRequests/0/expirationSeconds", "599", "spec.tokenRequests[0].expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes")]
    [InlineData("storage/v1.CSIDriver", "spec/nodeAllocatableUpdatePeriodSeconds", "9", "spec.nodeAllocatableUpdatePeriodSeconds: Invalid value: 9: must be greater than or equal to 10 seconds")]
    [InlineData("storage/v1.CSIDriver", "spec/volumeLifecycleModes", """["X"]""", "spec.volumeLifecycleModes: Unsupported value: \"X\": supported values: \"Persistent\", \"Ephemeral\"")]
    [InlineData("storage/v1.CSINode", "spec/drivers/0/topologyKeys", """["a","a"]""", "spec.drivers[0]: Duplicate value: \"a\"")]
    [InlineData("storage/v1.StorageClass", "allowedTopologies/0/matchLabelExpressions/0/values", "[]", "allowedTopologies[0].matchLabelExpressions[0].values: Required value")]
    [InlineData("storage/v1.VolumeAttachment", "spec/source/inlineVolumeSpec/csi", null, "spec.source.inlineVolumeSpec.csi: Required value: has to be specified in the context of inline volumes")]
    [InlineData("storage/v1.VolumeAttachment", "spec/attacher", "\"A_\"", "spec.attacher: Invalid value: \"A_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    [InlineData("storage/v1.VolumeAttributesClass", "parameters", "{}", "parameters: Required value: must contain at least one key/value pair")]
    public void AMistakeIsNamed(string kind, string path, string? json, string messages) => CheckMistake(kind, path, json, messages);

    [Theory]
    [InlineData("discovery/v1.EndpointSlice", "endpoints/0/addresses/0", "\"a\"", "endpoints[0].addresses[0]: Invalid value: \"a\": should be a domain with at least two segments separated by dots")]
    [InlineData("discovery/v1.EndpointSlice", "endpoints/0/hints/forZones/+", """{"name":"z"}""", "endpoints[0].hints.forZones[1].name: Duplicate value: \"z\"")]
    [InlineData("discovery/v1.EndpointSlice", "ports/0/name", "\"A\"", "ports[0].name: Invalid value: \"A\": " + Label)]
    [InlineData("apiregistration/v1.APIService", "spec/service/port", "70000", "spec.service.port: Invalid value: 70000: port is not valid: must be between 1 and 65535, inclusive")]
    [InlineData("apiregistration/v1.APIService", "spec/service", null, "")]
    [InlineData("admissionregistration/v1.MutatingWebhookConfiguration", "webhooks/0/clientConfig/service/path", "\"a//b\"", "webhooks[0].clientConfig.service.path: Invalid value: \"a//b\": must start with a '/'|webhooks[0].clientConfig.service.path: Invalid value: \"a//b\": segment[0] may not be empty|webhooks[0].clientConfig.service.path: Invalid value: \"a//b\": segment[1] may not be empty")]
    [InlineData("admissionregistration/v1.MutatingWebhookConfiguration", "webhooks/0/clientConfig", """{"url":"http://u@x/y?z#f"}""", "webhooks[0].clientConfig.url: Invalid value: \"http\": 'https' is the only allowed URL scheme; desired format: https://host[/path]|webhooks[0].clientConfig.url: Invalid value: \"u\": user information is not permitted in the URL|webhooks[0].clientConfig.url: Invalid value: \"f\": fragments are not permitted in the URL|webhooks[0].clientConfig.url: Invalid value: \"z\": query parameters are not permitted in the URL")]
    [InlineData("admissionregistration/v1.MutatingWebhookConfiguration", "webhooks/0/rules/0/resources", """["pods/*","pods/log"]""", "webhooks[0].rules[0].resources[1]: Invalid value: \"pods/log\": if 'pods/*' is present, must not specify pods/log")]
    [InlineData("admissionregistration/v1.MutatingWebhookConfiguration", "webhooks/0/rules/0/resources", """["*","pods"]""", "webhooks[0].rules[0].resources: Invalid value: [\"*\",\"pods\"]: if '*' is present, must not specify other resources without subresources")]
    [InlineData("admissionregistration/v1.MutatingWebhookConfiguration", "webhooks/0/admissionReviewVersions", """["v1","v1"]""", "webhooks[0].admissionReviewVersions[1]: Invalid value: \"v1\": duplicate version")]
    [InlineData("certificates/v1.CertificateSigningRequest", "spec/request", "\"YQ==\"", "spec.request: Invalid value: \"YQ==\": PEM block type must be CERTIFICATE REQUEST")]
    [InlineData("certificates/v1.CertificateSigningRequest", "spec/signerName", "\"a/b\"", "spec.signerName: Invalid value: \"a\": should be a domain with at least two segments separated by dots")]
    [InlineData("certificates/v1.CertificateSigningRequest", "spec/usages", """["any","any"]""", "spec.usages[1]: Duplicate value: \"any\"")]
    [InlineData("node/v1.RuntimeClass", "scheduling/tolerations/+", """{"key":"a","operator":"Exists"}""", "scheduling.tolerations[1]: Duplicate value: {\"key\":\"a\",\"operator\":\"Exists\"}")]
    [InlineData("resource/v1.ResourceClaim", "spec/devices/requests/0/exactly/count", "-1", "spec.devices.requests[0].exactly.count: Invalid value: -1: must be greater than zero")]
    [InlineData("resource/v1.ResourceClaim", "spec/devices/requests/0/exactly", null, "spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required")]
    [InlineData("resource/v1.ResourceClaim", "spec/devices/constraints/0/requests/0", "\"c\"", "spec.devices.constraints[0].requests[0]: Invalid value: \"c\": must be the name of a request in the claim or the name of a request and a subrequest separated by '/'")]
    [InlineData("resource/v1.ResourceClaim", "spec/devices/constraints/0/matchAttribute", "\"f\"", "spec.devices.constraints[0].matchAttribute: Invalid value: \"f\": a fully qualified name must be a domain and a name separated by a slash")]
    [InlineData("resource/v1.ResourceClaim", "spec/devices/config/0/opaque/parameters", "1", "spec.devices.config[0].opaque.parameters: Invalid value: \"<value omitted>\": must be a valid JSON object")]
    [InlineData("resource/v1.ResourceClaim", "spec/devices/requests/1/name", "\"a\"", "spec.devices.requests[1]: Duplicate value: \"a\"|spec.devices.constraints[0].requests[1]: Invalid value: \"b/x\": must be the name of a request in the claim or the name of a request and a subrequest separated by '/'")]
    [InlineData("resource/v1.ResourceSlice", "spec/allNodes", "true", "spec: Invalid value: \"{`nodeName`, `allNodes`}\": exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required, but multiple fields are set")]
    [InlineData("resource/v1.ResourceSlice", "spec/pool/name", "\"a//b\"", "spec.pool.name: Invalid value: \"\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    [InlineData("resource/v1.ResourceSlice", "spec/devices/0/attributes/model", """{"string":"a","int":1}""", "spec.devices[0].attributes[model]: Invalid value: {\"string\":\"a\",\"int\":1}: exactly one value must be specified")]
    [InlineData("resource/v1.ResourceSlice", "spec/devices/0/attributes/model", """{"version":"1"}""", "spec.devices[0].attributes[model].version: Invalid value: \"1\": must be a string compatible with semver.org spec 2.0.0")]
    [InlineData("resource/v1.ResourceSlice", "spec/devices/0/taints", """[{"key":"a","effect":"X"}]""", "spec.devices[0].taints[0].effect: Unsupported value: \"X\": supported values: \"NoExecute\", \"NoSchedule\", \"None\"")]
    [InlineData("resource/v1.ResourceSlice", "spec/devices/0/capacity/memory/requestPolicy", """{"default":"1"}""", "spec.devices[0].capacity[memory].requestPolicy: Forbidden: allowMultipleAllocations must be true")]
    [InlineData("resource/v1.DeviceClass", "spec/selectors/0", "{}", "spec.selectors[0].cel: Required value")]
    public void AnotherMistakeIsNamed(string kind, string path, string? json, string messages) => CheckMistake(kind, path, json, messages);

    private static void CheckMistake(string kind, string path, string? json, string messages)
    {
        var item = RuleCheck.Complete(kind, Good[kind]);
        item.Set(path, json);
        Assert.Equal(messages.Split('|', StringSplitOptions.RemoveEmptyEntries), RuleCheck.Create(kind, item));
    }

    [Theory]
    [InlineData("networking/v1.ServiceCIDR", "spec/cidrs", """["10.0.0.0/24","2001:db8::/64"]""", "")]
    [InlineData("networking/v1.ServiceCIDR", "spec/cidrs", """["10.1.0.0/24"]""", "spec.cidrs[0]: Invalid value: \"10.1.0.0/24\": field is immutable")]
    [InlineData("storage/v1.CSIDriver", "spec/attachRequired", "false", "spec.attachedRequired: Invalid value: false: field is immutable")]
    [InlineData("storage/v1.CSIDriver", "spec/podInfoOnMount", "true", "")]
    [InlineData("storage/v1.CSINode", "spec/drivers/0/allocatable", """{"count":3}""", "")]
    [InlineData("storage/v1.CSINode", "spec/drivers/0/nodeID", "\"j\"", "spec.drivers: Invalid value: {\"name\":\"a.b\",\"nodeID\":\"j\",\"topologyKeys\":[\"x.y/z\"]}: field is immutable")]
    [InlineData("storage/v1.VolumeAttributesClass", "driverName", "\"x.y\"", "driverName: Forbidden: updates to driverName are forbidden.")]
    [InlineData("resource/v1.ResourceSlice", "spec/nodeName", "\"o\"", "spec.nodeName: Invalid value: \"o\": field is immutable")]
    [InlineData("apps/v1.StatefulSet", "status", """{"replicas":1,"readyReplicas":2}""", "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas")]
    [InlineData("apps/v1.StatefulSet", "status", """{"replicas":2,"readyReplicas":1,"availableReplicas":2}""", "status.availableReplicas: Invalid value: 2: cannot be greater than status.readyReplicas")]
    [InlineData("apps/v1.DaemonSet", "status", """{"numberReady":-1}""", "status.numberReady: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("resource/v1.ResourceClaim", "status", """{"reservedFor":[{"resource":"pods","name":"p","uid":"u"}]}""", "status.reservedFor: Forbidden: may not be specified when `allocated` is not set")]
    [InlineData("resource/v1.ResourceClaim", "status", """{"allocation":{"devices":{"results":[{"request":"b/x","driver":"d.e","pool":"p","device":"d"}]}}}""", "")]
    [InlineData("resource/v1.ResourceClaim", "status", """{"allocation":{"devices":{"results":[{"request":"z","driver":"d.e","pool":"p","device":"d"}]}}}""", "status.allocation.devices.results[0].request: Invalid value: \"z\": must be the name of a request in the claim or the name of a request and a subrequest separated by '/'")]
    public void AChangeIsAllowedOrRefused(string kind, string path, string json, string message)
    {
        var item = RuleCheck.Complete(kind, Good[kind]);
        var errors = RuleCheck.Update(kind, item, i => i.Set(path, json), path == "status" ? "status" : "");
        Assert.Equal(message.Length == 0 ? [] : [message], errors);
    }
}
