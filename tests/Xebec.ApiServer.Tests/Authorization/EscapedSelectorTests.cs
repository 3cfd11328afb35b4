using System.Net;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Tests.Authorization;

/// <summary>A selector is authorized as it is answered: what stands in an escaped value is no condition.</summary>
public sealed class EscapedSelectorTests
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/default";
    private const string Secrets = "/api/v1/namespaces/default/secrets";

    [Theory]
    [InlineData("metadata.name=a", "a")]
    [InlineData("type=x,metadata.name==a", "a")]
    [InlineData("metadata.name!=a", "")]
    [InlineData("type!=x\\,metadata.name=a", "")]
    [InlineData("type!=x\\,metadata.name=a,metadata.name=b", "")]
    [InlineData("metadata.name=a=b", "")]
    [InlineData("type!=x\\,y,metadata.name=b", "b")]
    [InlineData("metadata.name=..", "")]
    [InlineData("metadata.name=a/b", "")]
    public void A_list_is_about_the_name_that_it_is_pinned_to(string selector, string name) => Assert.Equal(name, SelectedName.In(selector));

    [Fact]
    public async Task The_right_to_list_one_secret_lists_no_other()
    {
        await using var server = await TestServer.StartAsync();
        await server.SendAsync(HttpMethod.Post, Secrets, """{"metadata":{"name":"mine"}}""");
        await server.SendAsync(HttpMethod.Post, Secrets, """{"metadata":{"name":"other"}}""");
        await server.SendAsync(HttpMethod.Post, Rbac + "/roles", """
            {"metadata":{"name":"r"},"rules":[{"verbs":["list","watch"],"apiGroups":[""],"resources":["secrets"],"resourceNames":["mine"]}]}
            """);
        await server.SendAsync(HttpMethod.Post, Rbac + "/rolebindings", """
            {"metadata":{"name":"b"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},
            "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"jane"}]}
            """);
        await server.SendAsync(HttpMethod.Get, "/api/v1/namespaces");
        using var jane = server.As(new UserInfo("jane", "system:authenticated"));
        var (code, list) = await TestServer.SendAsync(jane, HttpMethod.Get, Secrets + "?fieldSelector=metadata.name%3Dmine");
        Assert.Equal((HttpStatusCode.OK, 1), (code, list.GetList("items")!.Count));
        Assert.Equal(HttpStatusCode.Forbidden, (await TestServer.SendAsync(jane, HttpMethod.Get, Secrets + "?fieldSelector=type!%3Dx%5C,metadata.name%3Dmine")).Code);
    }

    [Fact]
    public async Task A_kubelet_lists_no_pods_of_other_nodes()
    {
        await using var server = await TestServer.StartAsync();
        using var node = server.As(new UserInfo("system:node:n1", "system:nodes", "system:authenticated"));
        Assert.Equal(HttpStatusCode.OK, (await TestServer.SendAsync(node, HttpMethod.Get, "/api/v1/pods?fieldSelector=spec.nodeName%3Dn1,status.phase!%3DFailed")).Code);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await TestServer.SendAsync(node, HttpMethod.Get, "/api/v1/pods?fieldSelector=status.phase!%3Dx%5C,spec.nodeName%3Dn1")).Code);
    }
}
