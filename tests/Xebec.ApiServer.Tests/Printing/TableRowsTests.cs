namespace Xebec.ApiServer.Tests.Printing;

/// <summary>What a table says of its rows besides their cells.</summary>
public sealed class TableRowsTests
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io";

    [Fact]
    public async Task A_pod_that_has_ended_says_so()
    {
        await using var server = await TestServer.StartAsync();
        const string Pods = "/api/v1/namespaces/default/pods";
        await server.SendAsync(HttpMethod.Post, Pods, """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        Assert.DoesNotContain("conditions", await GetAsync(server, Pods + "?includeObject=None"), StringComparison.Ordinal);
        await server.SendAsync(HttpMethod.Patch, Pods + "/p/status", """{"status":{"phase":"Failed"}}""", "application/merge-patch+json");
        Assert.EndsWith(
            """],"conditions":[{"type":"Completed","status":"True","reason":"Failed","message":"The pod failed."}],"object":null}]}""",
            (await GetAsync(server, Pods + "?includeObject=None")).TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flow_schemas_are_in_the_order_they_are_tried()
    {
        await using var server = await TestServer.StartAsync();
        const string Schemas = "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas";
        foreach (var (name, precedence) in new[] { ("a", 9500), ("b", 9400) })
        {
            await server.SendAsync(
                HttpMethod.Post, Schemas,
                $$$$"""{"metadata":{"name":"{{{{name}}}}","labels":{"x":"y"}},"spec":{"matchingPrecedence":{{{{precedence}}}},"priorityLevelConfiguration":{"name":"exempt"}}}""");
        }

        var table = await GetAsync(server, Schemas + "?includeObject=None&labelSelector=x%3Dy");
        Assert.True(table.IndexOf("[\"b\"", StringComparison.Ordinal) < table.IndexOf("[\"a\"", StringComparison.Ordinal), table);
    }

    private static async Task<string> GetAsync(TestServer server, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", Table);
        using var answer = await server.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
