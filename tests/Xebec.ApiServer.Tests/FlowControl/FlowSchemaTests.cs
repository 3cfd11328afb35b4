using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.FlowControl;

namespace Xebec.ApiServer.Tests.FlowControl;

public sealed class FlowSchemaTests
{
    [Theory]
    [InlineData("admin", "system:masters,system:authenticated", "GET", "/api/v1/pods", "exempt")]
    [InlineData("system:anonymous", "system:unauthenticated", "GET", "/healthz", "probes")]
    [InlineData("system:anonymous", "system:unauthenticated", "GET", "/healthz/etcd", "global-default")]
    [InlineData("system:kube-scheduler", "system:authenticated", "PUT", "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler", "system-leader-election")]
    [InlineData("system:kube-scheduler", "system:authenticated", "POST", "/api/v1/namespaces/default/pods/p/binding", "kube-scheduler")]
    [InlineData("system:kube-controller-manager", "system:authenticated", "PUT", "/api/v1/namespaces/default/endpoints/e", "endpoint-controller")]
    [InlineData("system:kube-controller-manager", "system:authenticated", "GET", "/api/v1/pods", "kube-controller-manager")]
    [InlineData("system:node:n", "system:nodes,system:authenticated", "PATCH", "/api/v1/nodes/n/status", "system-node-high")]
    [InlineData("system:node:n", "system:nodes,system:authenticated", "GET", "/api/v1/pods", "system-nodes")]
    [InlineData("system:serviceaccount:kube-system:dns", "system:serviceaccounts,system:authenticated", "GET", "/api/v1/pods", "kube-system-service-accounts")]
    [InlineData("system:serviceaccount:shop:web", "system:serviceaccounts,system:authenticated", "GET", "/api/v1/pods", "service-accounts")]
    [InlineData("jane", "system:authenticated", "GET", "/apis", "global-default")]
    public void Requests_are_classified_as_upstream_classifies_them(string user, string groups, string method, string path, string expected)
    {
        var schemas = FlowControlObjects.MandatoryFlowSchemas.Concat(FlowControlObjects.SuggestedFlowSchemas).Select(t => new FlowSchema(t))
            .OrderBy(s => s.MatchingPrecedence).ThenBy(s => s.Name, StringComparer.Ordinal);
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.Path) = (method, path);
        var info = RequestInfo.Read(http.Request);
        Assert.Equal(expected, schemas.First(s => s.Matches(info, new UserInfo(user, groups.Split(',')))).Name);
    }

    [Theory]
    [InlineData("pods/log", "pods", "log", true)]
    [InlineData("pods", "pods", "log", false)]
    [InlineData("pods/log", "pods", "", false)]
    [InlineData("*", "pods", "log", true)]
    public void A_subresource_is_named_with_its_resource(string named, string resource, string subresource, bool matches)
    {
        var names = FlowNames.Read(new ObjectValue { { "resources", new ListValue([named]) } }, "resources");
        Assert.Equal(matches, names.ContainsResource(resource, subresource));
    }

    [Fact]
    public void A_users_own_change_of_a_suggested_object_stays()
    {
        var wanted = FlowControlObjects.SuggestedPriorityLevels[0];
        var stored = Stored(wanted, generation: 2, annotation: null);
        stored.GetObject("spec")!.GetObject("limited")!["nominalConcurrencyShares"] = 77L;
        var kept = FlowControlBootstrap.Reconcile(stored, wanted, isMandatory: false)!;
        Assert.Equal(77, kept.GetObject("spec")!.GetObject("limited")!["nominalConcurrencyShares"]!.AsInt64());
        Assert.Equal("false", kept.GetObject("metadata")!.GetObject("annotations")!.GetString("apf.kubernetes.io/autoupdate-spec"));
        Assert.Null(FlowControlBootstrap.Reconcile(kept, wanted, isMandatory: false));
        var mandatory = FlowControlBootstrap.Reconcile(stored, wanted, isMandatory: true)!;
        Assert.True(wanted["spec"]!.DeepEquals(mandatory["spec"]));
    }

    private static ObjectValue Stored(ObjectValue wanted, long generation, string? annotation)
    {
        var stored = (ObjectValue)wanted.DeepClone();
        stored.GetObject("metadata")!["generation"] = generation;
        if (annotation is not null)
            stored.GetObject("metadata")!["annotations"] = new ObjectValue { { "apf.kubernetes.io/autoupdate-spec", annotation } };
        return stored;
    }
}
