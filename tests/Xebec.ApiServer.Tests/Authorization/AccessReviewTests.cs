using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Authorization;

/// <summary>SubjectAccessReview and its kin: selectors, and what they must and must not say.</summary>
public sealed class AccessReviewTests
{
    private const string Reviews = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
    private const string Local = "/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews";

    [Theory]
    [InlineData("""{"rawSelector":"spec.nodeName=n1"}""", true)]
    [InlineData("""{"requirements":[{"key":"spec.nodeName","operator":"In","values":["n1"]}]}""", true)]
    [InlineData("""{"requirements":[{"key":"spec.nodeName","operator":"In","values":["n1","n2"]}]}""", false)]
    [InlineData("""{"requirements":[{"key":"spec.nodeName","operator":"NotIn","values":["n1"]}]}""", false)]
    [InlineData("""{"requirements":[{"key":"status.phase","operator":"NotIn","values":["x,spec.nodeName=n1"]}]}""", false)]
    [InlineData("""{"requirements":[{"key":"spec.nodeName","operator":"Unheard","values":["n1"]}]}""", false)]
    public async Task A_field_selector_counts_in_both_forms(string selector, bool allowed)
    {
        await using var server = await TestServer.StartAsync();
        var (code, review) = await server.SendAsync(HttpMethod.Post, Reviews, Pods(selector));
        Assert.True(code == HttpStatusCode.Created, review.ToString());
        Assert.Equal(allowed, review.GetObject("status")!["allowed"]!.AsBool());
    }

    [Theory]
    [InlineData("""{"rawSelector":"a=b","requirements":[{"key":"a","operator":"Exists"}]}""", "rawSelector: Invalid value: \"a=b\": may not specified at the same time as requirements")]
    [InlineData("{}", "requirements: Required value: when spec.resourceAttributes.fieldSelector is specified, requirements or rawSelector is required")]
    [InlineData("""{"requirements":[{"key":"","operator":"Exists"}]}""", "requirements[0].key: Required value: must be specified")]
    [InlineData("""{"requirements":[{"key":"a","operator":"In"}]}""", "requirements[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'")]
    [InlineData("""{"requirements":[{"key":"a","operator":"Exists","values":["x"]}]}""", "requirements[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'")]
    public async Task A_selector_must_be_whole(string selector, string problem)
    {
        await using var server = await TestServer.StartAsync();
        var (code, status) = await server.SendAsync(HttpMethod.Post, Reviews, Pods(selector));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("spec.resourceAttributes.fieldSelector." + problem, status.GetString("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Reviews, """{"metadata":{"name":"x"},"spec":{"user":"u","resourceAttributes":{"verb":"get","resource":"pods"}}}""", "metadata: Invalid value: ", "must be empty")]
    [InlineData(Local, """{"spec":{"user":"u","resourceAttributes":{"namespace":"other","verb":"get","resource":"pods"}}}""",
        "spec.resourceAttributes.namespace: Invalid value: \"other\": ", "must match metadata.namespace")]
    [InlineData(Local, """{"spec":{"user":"u","nonResourceAttributes":{"path":"/","verb":"get"}}}""", "spec.nonResourceAttributes: Invalid value: ", "disallowed on this kind of request")]
    public async Task A_review_is_about_nothing_else(string path, string body, string field, string problem)
    {
        await using var server = await TestServer.StartAsync();
        var (code, status) = await server.SendAsync(HttpMethod.Post, path, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains(field, status.GetString("message"), StringComparison.Ordinal);
        Assert.EndsWith(problem, status.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_of_ones_own_namespace_needs_no_name_and_may_say_its_namespace()
    {
        await using var server = await TestServer.StartAsync();
        var (code, review) = await server.SendAsync(HttpMethod.Post, Local, """
            {"metadata":{"namespace":"default","creationTimestamp":null},"spec":{"groups":["system:masters"],"resourceAttributes":{"namespace":"default","verb":"get","resource":"pods"}}}
            """);
        Assert.True(code == HttpStatusCode.Created, review.ToString());
        Assert.True(review.GetObject("status")!["allowed"]!.AsBool());
    }

    private static string Pods(string selector) => $$$"""
        {"spec":{"user":"system:node:n1","groups":["system:nodes"],"resourceAttributes":{"verb":"list","resource":"pods","fieldSelector":{{{selector}}} } } }
        """;
}
