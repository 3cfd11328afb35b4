using Xebec.Api;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.Tests.Printing;

public sealed class TableColumnsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_kind_of_the_table_is_served() =>
        Assert.Empty(TableColumns.Kinds.Except(BuiltIn.Resources.Select(r => r.ToString())));

    [Fact]
    public void Every_cell_of_an_empty_object_has_a_value()
    {
        foreach (var kind in BuiltIn.Resources)
        {
            foreach (var column in TableColumns.ForKind(kind.ToString()))
                Assert.NotNull(column.Cell([], Now));
        }
    }

    [Theory]
    [InlineData("v1 Service",
        """
        {"spec":{"type":"NodePort","clusterIPs":["10.0.0.1"],"ports":[{"port":80,"nodePort":30080,"protocol":"TCP"},{"port":53,
        "protocol":"UDP"}]}}
        """,
        """["","NodePort","10.0.0.1","<none>","80:30080/TCP,53/UDP","<unknown>","<none>"]""")]
    [InlineData("v1 Service", """{"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.1","selector":{"b":"2","a":"1"}}}""",
        """["","LoadBalancer","10.0.0.1","<pending>","<none>","<unknown>","a=1,b=2"]""")]
    [InlineData("v1 Node",
        """
        {"metadata":{"name":"n","labels":{"node-role.kubernetes.io/control-plane":""}},"spec":{"unschedulable":true},"status":{
        "conditions":[{"type":"Ready","status":"True"}],"addresses":[{"type":"InternalIP","address":"1.2.3.4"}],"nodeInfo":{
        "kubeletVersion":"v1"}}}
        """,
        """["n","Ready,SchedulingDisabled","control-plane","<unknown>","v1","1.2.3.4","<none>","<unknown>","<unknown>","<unknown>"]""")]
    [InlineData("v1 Endpoints", """{"subsets":[{"addresses":[{"ip":"1.1.1.1"},{"ip":"2.2.2.2"}],"ports":[{"port":1},{"port":2}]}]}""",
        """["","1.1.1.1:1,2.2.2.2:1,1.1.1.1:2 + 1 more...","<unknown>"]""")]
    [InlineData("v1 Event",
        """
        {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p"},"eventTime":"2026-11-23T11:59:00.000000Z",
        "reportingComponent":"c","message":" m ","type":"Normal","reason":"R"}
        """,
        """["60s","Normal","R","pod/p","","c","m","60s",1,"e"]""")]
    [InlineData("batch/v1 Job", """{"spec":{"parallelism":3},"status":{"startTime":"2026-11-23T11:50:00Z","succeeded":1}}""",
        """["","Running","1/1 of 3","10m","<unknown>","","","<none>"]""")]
    [InlineData("batch/v1 CronJob", """{"spec":{"schedule":"* * * * *","suspend":false}}""",
        """["","* * * * *","<none>","False",0,"<none>","<unknown>","","","<none>"]""")]
    [InlineData("apps/v1 Deployment",
        """
        {"spec":{"replicas":2,"selector":{"matchLabels":{"app":"x"}},"template":{"spec":{"containers":[{"name":"a","image":"i"},{
        "name":"b","image":"j"}]}}},"status":{"readyReplicas":1}}
        """,
        """["","1/2",0,0,"<unknown>","a,b","i,j","app=x"]""")]
    [InlineData("autoscaling/v2 HorizontalPodAutoscaler",
        """
        {"spec":{"maxReplicas":3,"scaleTargetRef":{"kind":"Deployment","name":"d"},"metrics":[{"type":"Resource","resource":{
        "name":"cpu","target":{"averageUtilization":80}}},{"type":"Pods","pods":{"target":{"averageValue":"10"}}}]},"status":{
        "currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":10}}}]}}
        """,
        """["","Deployment/d","cpu: 10%/80%, <unknown>/10","<unset>",3,0,"<unknown>"]""")]
    [InlineData("policy/v1 PodDisruptionBudget", """{"spec":{"minAvailable":"50%"}}""", """["","50%","N/A",0,"<unknown>"]""")]
    [InlineData("v1 PersistentVolumeClaim",
        """
        {"spec":{"volumeName":"v","storageClassName":"s"},"status":{"phase":"Bound","capacity":{"storage":"1Gi"},"accessModes":[
        "ReadWriteOncePod","ReadWriteOnce"]}}
        """,
        """["","Bound","v","1Gi","RWO,RWOP","s","<unset>","<unknown>","<unset>"]""")]
    [InlineData("v1 ResourceQuota",
        """
        {"status":{"hard":{"pods":"4","limits.cpu":"2"},"used":{"pods":"1"}}}
        """, """["","pods: 1/4","limits.cpu: 0/2","<unknown>"]""")]
    [InlineData("apiregistration.k8s.io/v1 APIService",
        """
        {"status":{"conditions":[{"type":"Available","status":"False","reason":"Gone"}]}}
        """,
        """["","Local","False (Gone)","<unknown>"]""")]
    [InlineData("certificates.k8s.io/v1 CertificateSigningRequest",
        """
        {"spec":{"username":"u","expirationSeconds":3600},"status":{"conditions":[{"type":"Approved"}],"certificate":"eA=="}}
        """,
        """["","<unknown>","<none>","u","60m","Approved,Issued"]""")]
    public void The_cells_are_those_of_kubernetes(string kind, string item, string expected) => CheckCells(kind, item, expected);

    [Theory]
    [InlineData("admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding",
        """{"spec":{"policyName":"p","paramRef":{"name":"x"}}}""", """["","p","*/x","<unknown>"]""")]
    [InlineData("admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding",
        """
        {"spec":{"policyName":"p","paramRef":{"selector":{"matchLabels":{"b":"2","a":"1"},"matchExpressions":[{"key":"k","operator":"In",
        "values":["v","w"]}]}}}}
        """,
        """
        ["","p","&LabelSelector{MatchLabels:map[string]string{a: 1,b: 2,},MatchExpressions:[]LabelSelectorRequirement{LabelSelectorRequirement{Key:k,Operator:In,Values:[v w],},},}","<unknown>"]
        """)]
    [InlineData("admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding",
        """{"spec":{"policyName":"p"}}""", """["","p","<unset>","<unknown>"]""")]
    [InlineData("networking.k8s.io/v1 Ingress",
        """{"spec":{"rules":[{"host":"a"},{},{"host":"b"},{"host":"c"},{}]}}""", """["","<none>","a,b,c + 2 more...","","80","<unknown>"]""")]
    [InlineData("networking.k8s.io/v1 Ingress", """{"spec":{"rules":[{},{},{},{}]}}""", """["","<none>","*","","80","<unknown>"]""")]
    [InlineData("networking.k8s.io/v1 IPAddress",
        """{"spec":{"parentRef":{"group":"G.io","resource":"Things","namespace":"n","name":"t"}}}""", """["","things.g.io/n/t"]""")]
    [InlineData("networking.k8s.io/v1 IngressClass",
        """{"spec":{"controller":"c","parameters":{"apiGroup":"","kind":"K","name":"p"}}}""", """["","c","K./p","<unknown>"]""")]
    [InlineData("apps/v1 Deployment", """{"spec":{"selector":{}}}""", """["","0/0",0,0,"<unknown>","","",""]""")]
    [InlineData("apps/v1 ReplicaSet", """{"spec":{"selector":{}}}""", """["",0,0,0,"<unknown>","","","<none>"]""")]
    [InlineData("v1 Endpoints", """{"subsets":[{"notReadyAddresses":[{"ip":"1.1.1.1"}],"ports":[{"port":1}]}]}""", """["","","<unknown>"]""")]
    [InlineData("autoscaling/v1 HorizontalPodAutoscaler",
        """
        {"metadata":{"annotations":{"autoscaling.alpha.kubernetes.io/metrics":"[{\"type\":\"Pods\",\"pods\":{\"target\":{\"averageValue\":\"10\"}}}]"}},
        "spec":{"maxReplicas":3,"targetCPUUtilizationPercentage":80,"scaleTargetRef":{"kind":"Deployment","name":"d"}}}
        """,
        """["","Deployment/d","cpu: <unknown>/80%, <unknown>/10","<unset>",3,0,"<unknown>"]""")]
    public void Awkward_objects_have_the_cells_of_kubernetes(string kind, string item, string expected) => CheckCells(kind, item, expected);

    private static void CheckCells(string kind, string item, string expected)
    {
        var tree = (ObjectValue)Value.Parse(item);
        Assert.Equal(expected.Trim(), new ListValue(TableColumns.ForKind(kind).Select(c => c.Cell(tree, Now))).ToString());
    }
}
