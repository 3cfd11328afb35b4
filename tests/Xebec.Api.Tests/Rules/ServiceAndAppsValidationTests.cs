namespace Xebec.Api.Tests.Rules;

/// <summary>Messages of services and workloads as upstream words them.</summary>
public sealed class ServiceAndAppsValidationTests
{
    private const string Service = """
        {"metadata":{"name":"web","namespace":"default"},"spec":{"selector":{"app":"web"},"ports":[{"name":"http","port":80}],
          "clusterIP":"10.96.0.5","clusterIPs":["10.96.0.5"]}}
        """;

    private const string Workload = """
        {"metadata":{"name":"web","namespace":"default"},"spec":{"selector":{"matchLabels":{"app":"web"}},
          "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}
        """;

    [Theory]
    [InlineData("core/v1.Service", Service)]
    [InlineData("apps/v1.Deployment", Workload)]
    [InlineData("apps/v1.ReplicaSet", Workload)]
    [InlineData("apps/v1.StatefulSet", Workload)]
    [InlineData("apps/v1.DaemonSet", Workload)]
    public void AGoodOneHasNoErrors(string kind, string json) => Assert.Empty(RuleCheck.Create(kind, json));

    [Theory]
    [InlineData("metadata/name", "\"-web\"", "metadata.name: Invalid value: \"-web\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    [InlineData("spec/ports", null, "spec.ports: Required value")]
    [InlineData("spec/ports/0/port", "0", "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("spec/ports/+", """{"port":81,"protocol":"TCP","targetPort":81}""", "spec.ports[1].name: Required value")]
    [InlineData("spec/ports/+", """{"name":"http","port":81,"protocol":"TCP","targetPort":81}""", "spec.ports[1].name: Duplicate value: \"http\"")]
    [InlineData("spec/ports/+", """{"name":"b","port":80,"protocol":"TCP","targetPort":81}""", "spec.ports[1]: Duplicate value: {\"Name\":\"\",\"Protocol\":\"TCP\",\"AppProtocol\":null,\"Port\":80,\"TargetPort\":0,\"NodePort\":0}")]
    [InlineData("spec/ports/0/nodePort", "30000", "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")]
    [InlineData("spec/ports/0/targetPort", "\"!\"", "spec.ports[0].targetPort: Invalid value: \"!\": must contain only alphanumeric characters (a-z, 0-9), and hyphens (-)|spec.ports[0].targetPort: Invalid value: \"!\": must contain at least one letter (a-z)")]
    [InlineData("spec/type", "\"X\"", "spec.type: Unsupported value: \"X\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"")]
    [InlineData("spec/sessionAffinity", "\"X\"", "spec.sessionAffinity: Unsupported value: \"X\": supported values: \"ClientIP\", \"None\"")]
    [InlineData("spec/externalTrafficPolicy", "\"Local\"", "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for externally-accessible services")]
    public void AMistakeInAServiceIsNamed(string path, string? json, string message)
    {
        var service = RuleCheck.Complete("core/v1.Service", Service);
        service.Set(path, json);
        Assert.Equal(message.Split('|'), RuleCheck.Create("core/v1.Service", service));
    }

    [Fact]
    public void AnExternalNameNeedsAName() => Assert.Equal(
        "spec.externalName: Required value",
        Assert.Single(RuleCheck.Create("core/v1.Service", """{"metadata":{"name":"x","namespace":"n"},"spec":{"type":"ExternalName"}}""")));

    [Fact]
    public void AServicesAddressMayNotChange()
    {
        var service = RuleCheck.Complete("core/v1.Service", Service);
        Assert.Equal(
            "spec.clusterIPs[0]: Invalid value: [\"10.96.0.6\"]: may not change once set",
            Assert.Single(RuleCheck.Update("core/v1.Service", service, s =>
            {
                s.Set("spec/clusterIP", "\"10.96.0.6\"");
                s.Set("spec/clusterIPs", """["10.96.0.6"]""");
            })));
    }

    [Theory]
    [InlineData("apps/v1.Deployment", "spec/selector", null, "spec.selector: Required value")]
    [InlineData("apps/v1.Deployment", "spec/template/metadata/labels", """{"app":"db"}""", "spec.template.metadata.labels: Invalid value: {\"app\":\"db\"}: `selector` does not match template `labels`")]
    [InlineData("apps/v1.Deployment", "spec/selector", "{}", "spec.selector: Invalid value: {}: empty selector is invalid for deployment")]
    [InlineData("apps/v1.Deployment", "spec/selector", """{"matchExpressions":[{"key":"a","operator":"In"}]}""", "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'")]
    [InlineData("apps/v1.Deployment", "spec/replicas", "-1", "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("apps/v1.Deployment", "spec/template/spec/restartPolicy", "\"Never\"", "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"")]
    [InlineData("apps/v1.Deployment", "spec/template/spec/containers/0/image", "\"\"", "spec.template.spec.containers[0].image: Required value")]
    [InlineData("apps/v1.Deployment", "spec/strategy/type", "\"Recreate\"", "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'")]
    [InlineData("apps/v1.Deployment", "spec/strategy/rollingUpdate", """{"maxSurge":0,"maxUnavailable":0}""", "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0")]
    [InlineData("apps/v1.Deployment", "spec/strategy/rollingUpdate/maxUnavailable", "\"101%\"", "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%")]
    [InlineData("apps/v1.Deployment", "spec/progressDeadlineSeconds", "0", "spec.progressDeadlineSeconds: Invalid value: 0: must be greater than minReadySeconds")]
    [InlineData("apps/v1.DaemonSet", "spec/updateStrategy/rollingUpdate", """{"maxSurge":1,"maxUnavailable":1}""", "spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero")]
    [InlineData("apps/v1.StatefulSet", "spec/podManagementPolicy", "\"X\"", "spec.podManagementPolicy: Invalid value: \"X\": must be 'OrderedReady' or 'Parallel'")]
    public void AMistakeInAWorkloadIsNamed(string kind, string path, string? json, string message)
    {
        var item = RuleCheck.Complete(kind, Workload);
        item.Set(path, json);
        Assert.Equal(message, Assert.Single(RuleCheck.Create(kind, item)));
    }

    [Theory]
    [InlineData("apps/v1.Deployment")]
    [InlineData("apps/v1.ReplicaSet")]
    [InlineData("apps/v1.DaemonSet")]
    public void ASelectorMayNotChange(string kind)
    {
        var item = RuleCheck.Complete(kind, Workload);
        var errors = RuleCheck.Update(kind, item, d =>
        {
            d.Set("spec/selector", """{"matchLabels":{"app":"db"}}""");
            d.Set("spec/template/metadata/labels", """{"app":"db"}""");
        });
        Assert.Equal("spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"db\"}}: field is immutable", Assert.Single(errors));
    }

    [Fact]
    public void MostOfAStatefulSetMayNotChange()
    {
        var item = RuleCheck.Complete("apps/v1.StatefulSet", Workload);
        Assert.Empty(RuleCheck.Update("apps/v1.StatefulSet", item, s => s.Set("spec/replicas", "5")));
        Assert.Equal(
            "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
            Assert.Single(RuleCheck.Update("apps/v1.StatefulSet", item, s => s.Set("spec/serviceName", "\"x\""))));
    }
}
