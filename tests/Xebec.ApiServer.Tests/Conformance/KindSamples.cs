using System.Collections.Immutable;

namespace Xebec.ApiServer.Tests.Conformance;

/// <summary>
/// What is particular to a kind in the tests of all kinds: the parts of a valid object besides its metadata, a name when not any will do
/// (# is a number that makes it unique), and a status to write.
/// </summary>
internal static class KindSamples
{
    private const string PodSpec = """{"containers":[{"name":"c","image":"example.com/i:1"}]}""";

    private const string PodTemplate = """{"metadata":{"labels":{"app":"a"}},"spec":""" + PodSpec + "}";

    private const string Workload = """{"selector":{"matchLabels":{"app":"a"}},"template":""" + PodTemplate + "}";

    private const string JobSpec = """{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}""";

    private const string WebhookBody =
        """[{"name":"w.example.com","sideEffects":"None","admissionReviewVersions":["v1"],"clientConfig":{"url":"https://example.com/w"},"rules":[]}]""";

    private const string MatchConstraints =
        """{"resourceRules":[{"apiGroups":["example.com"],"apiVersions":["v1"],"operations":["CREATE"],"resources":["things"]}]}""";

    private const string Condition =
        """{"type":"Example","status":"True","reason":"Test","message":"m","lastTransitionTime":"2026-11-23T12:00:00Z"}""";

    private const string ShortConditions = """{"conditions":[{"type":"Example","status":"True","reason":"Test","message":"m"}]}""";

    private const string DeviceRequests = """{"devices":{"requests":[{"name":"r","exactly":{"deviceClassName":"d.example.com"}}]}}""";

    /// <summary>By qualified plural; a kind that is not here is valid with nothing but metadata.</summary>
    public static ImmutableDictionary<string, KindSample> All { get; } = new Dictionary<string, KindSample>
    {
        ["configmaps"] = new("""{"data":{"k":"v"}}"""),
        ["endpoints"] = new("""{"subsets":[{"addresses":[{"ip":"192.0.2.1"}],"ports":[{"port":80}]}]}"""),
        ["events"] = new("""{"involvedObject":{"kind":"Pod","namespace":"NAMESPACE","name":"p"},"reason":"R","type":"Normal"}"""),
        ["limitranges"] = new("""{"spec":{"limits":[{"type":"PersistentVolumeClaim","max":{"storage":"9Gi"}}]}}"""),
        ["namespaces"] = new("{}") { Status = ShortConditions },
        ["nodes"] = new("{}") { Status = ShortConditions },
        ["persistentvolumes"] = new(
            """{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/tmp/v"}}}""") { Status = """{"phase":"Failed","message":"m"}""" },
        ["persistentvolumeclaims"] = new(
            """{"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""") { Status = ShortConditions },
        ["pods"] = new("""{"spec":""" + PodSpec + """}""") { Status = """{"message":"m","reason":"r"}""" },
        ["podtemplates"] = new("""{"template":""" + PodTemplate + """}"""),
        ["replicationcontrollers"] = new(
            """{"spec":{"selector":{"app":"a"},"template":""" + PodTemplate + """}}""") { Status = """{"replicas":0,"conditions":[{"type":"Example","status":"True"}]}""" },
        ["resourcequotas"] = new("""{"spec":{"hard":{"count/things.example.com":"5"}}}""") { Settled = "\"used\"" },
        ["secrets"] = new("""{"data":{"k":"dg=="}}"""),
        ["services"] = new("""{"spec":{"ports":[{"port":80}]}}""") { Status = """{"conditions":[""" + Condition + """]}""" },
        ["mutatingadmissionpolicies.admissionregistration.k8s.io"] = new(
            """{"spec":{"matchConstraints":""" + MatchConstraints + ""","reinvocationPolicy":"Never","mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":"Object{metadata: Object.metadata{labels: {'a': 'b'}}}"}}]}}"""),
        ["mutatingadmissionpolicybindings.admissionregistration.k8s.io"] = new("""{"spec":{"policyName":"none.example.com"}}"""),
        ["mutatingwebhookconfigurations.admissionregistration.k8s.io"] = new("""{"webhooks":""" + WebhookBody + """}"""),
        ["validatingadmissionpolicies.admissionregistration.k8s.io"] = new(
            """{"spec":{"matchConstraints":""" + MatchConstraints + ""","validations":[{"expression":"true"}]}}""") { Settled = "\"observedGeneration\"" },
        ["validatingadmissionpolicybindings.admissionregistration.k8s.io"] = new(
            """{"spec":{"policyName":"none.example.com","validationActions":["Deny"]}}"""),
        ["validatingwebhookconfigurations.admissionregistration.k8s.io"] = new("""{"webhooks":""" + WebhookBody + """}"""),
        ["customresourcedefinitions.apiextensions.k8s.io"] = new(
            """
            {"spec":{"group":"conformance.example.com","scope":"Namespaced","names":{"plural":"things#","kind":"Thing#"},
            "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """) { Name = "things#.conformance.example.com", Status = ShortConditions, Settled = "\"Established\"" },
        ["apiservices.apiregistration.k8s.io"] = new(
            """{"spec":{"group":"g#.example.com","version":"v1","groupPriorityMinimum":9,"versionPriority":9,"insecureSkipTLSVerify":true,"service":{"namespace":"default","name":"none"}}}""")
            { Name = "v1.g#.example.com", Status = ShortConditions, Settled = "\"Available\"" },
        ["controllerrevisions.apps"] = new("""{"revision":1,"data":{"a":"b"}}"""),
        ["daemonsets.apps"] = new("""{"spec":""" + Workload + """}""") { Status = ShortConditions },
        ["deployments.apps"] = new("""{"spec":""" + Workload + """}""") { Status = ShortConditions },
        ["replicasets.apps"] = new("""{"spec":""" + Workload + """}""") { Status = ShortConditions },
        ["statefulsets.apps"] = new(
            """{"spec":{"serviceName":"s","selector":{"matchLabels":{"app":"a"}},"template":""" + PodTemplate + """}}""") { Status = ShortConditions },
        ["horizontalpodautoscalers.autoscaling"] = new(
            """{"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"}}}""") { Status = """{"desiredReplicas":2,"currentReplicas":1}""" },
        ["cronjobs.batch"] = new("""{"spec":{"schedule":"*/5 * * * *","jobTemplate":{"spec":""" + JobSpec + """}}}""") { Status = """{"lastScheduleTime":"2026-11-23T12:00:00Z"}""" },
        ["jobs.batch"] = new("""{"spec":""" + JobSpec + """}""") { Status = """{"startTime":"2026-11-23T12:00:00Z"}""" },
        ["certificatesigningrequests.certificates.k8s.io"] = new(
            """{"spec":{"signerName":"example.com/s","usages":["digital signature"],"request":""" + "\"" + SigningRequest.Base64 + "\"}}") { Status = ShortConditions },
        ["leases.coordination.k8s.io"] = new("""{"spec":{"holderIdentity":"me","leaseDurationSeconds":30}}"""),
        ["endpointslices.discovery.k8s.io"] = new("""{"addressType":"IPv4","endpoints":[{"addresses":["192.0.2.1"]}],"ports":[{"port":80}]}"""),
        ["events.events.k8s.io"] = new(
            """
            {"eventTime":"2026-11-23T12:00:00.000000Z","regarding":{"kind":"Pod","namespace":"NAMESPACE","name":"p"},"reason":"R","type":"Normal",
            "action":"A","reportingController":"example.com/c","reportingInstance":"i"}
            """),
        ["flowschemas.flowcontrol.apiserver.k8s.io"] = new(
            """
            {"spec":{"priorityLevelConfiguration":{"name":"exempt"},"matchingPrecedence":9000,"rules":[{"subjects":[{"kind":"User","user":{"name":"nobody"}}],
            "nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/nowhere"]}]}]}}
            """) { Status = ShortConditions, Settled = "\"Dangling\"" },
        ["prioritylevelconfigurations.flowcontrol.apiserver.k8s.io"] = new(
            """{"spec":{"type":"Limited","limited":{"nominalConcurrencyShares":1,"limitResponse":{"type":"Reject"}}}}""") { Status = ShortConditions },
        ["ipaddresses.networking.k8s.io"] = new(
            """{"spec":{"parentRef":{"group":"example.com","resource":"things","namespace":"n","name":"t"}}}""") { Name = "2001:db8::#" },
        ["ingresses.networking.k8s.io"] = new(
            """{"spec":{"defaultBackend":{"service":{"name":"s","port":{"number":80}}}}}""") { Status = """{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}""" },
        ["ingressclasses.networking.k8s.io"] = new("""{"spec":{"controller":"example.com/c"}}"""),
        ["networkpolicies.networking.k8s.io"] = new("""{"spec":{"podSelector":{}}}"""),
        ["servicecidrs.networking.k8s.io"] = new("""{"spec":{"cidrs":["198.51.100.0/24"]}}""") { Status = """{"conditions":[""" + Condition + """]}""" },
        ["runtimeclasses.node.k8s.io"] = new("""{"handler":"h"}"""),
        ["poddisruptionbudgets.policy"] = new(
            """{"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"a"}}}}""")
            { Status = """{"disruptionsAllowed":1,"currentHealthy":1,"desiredHealthy":0,"expectedPods":1}""" },
        ["clusterrolebindings.rbac.authorization.k8s.io"] = new("""{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"}}"""),
        ["rolebindings.rbac.authorization.k8s.io"] = new("""{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"}}"""),
        ["deviceclasses.resource.k8s.io"] = new("{}"),
        ["resourceclaims.resource.k8s.io"] = new("""{"spec":""" + DeviceRequests + """}""") { Status = "{}" },
        ["resourceclaimtemplates.resource.k8s.io"] = new("""{"spec":{"spec":""" + DeviceRequests + """}}"""),
        ["resourceslices.resource.k8s.io"] = new(
            """{"spec":{"driver":"d.example.com","nodeName":"n","pool":{"name":"p","generation":1,"resourceSliceCount":1},"devices":[{"name":"d"}]}}"""),
        ["priorityclasses.scheduling.k8s.io"] = new("""{"value":5}"""),
        ["csinodes.storage.k8s.io"] = new("""{"spec":{"drivers":[{"name":"d.example.com","nodeID":"n"}]}}"""),
        ["csistoragecapacities.storage.k8s.io"] = new("""{"storageClassName":"s","capacity":"1Gi"}"""),
        ["storageclasses.storage.k8s.io"] = new("""{"provisioner":"example.com/p"}"""),
        ["volumeattachments.storage.k8s.io"] = new(
            """{"spec":{"attacher":"a.example.com","nodeName":"n","source":{"persistentVolumeName":"v"}}}""") { Status = """{"attached":true}""" },
        ["csidrivers.storage.k8s.io"] = new("""{"spec":{"attachRequired":false}}"""),
        ["volumeattributesclasses.storage.k8s.io"] = new("""{"driverName":"d.example.com","parameters":{"a":"b"}}"""),
    }.ToImmutableDictionary();
}
