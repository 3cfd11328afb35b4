using System.Net;

namespace Xebec.ApiServer.Tests.Registry.Apps;

/// <summary>The annotation that counts the changes of a DaemonSet's template.</summary>
public sealed class DaemonSetStrategyTests
{
    private const string Path = "/apis/apps/v1/namespaces/default/daemonsets";
    private const string Merge = "application/merge-patch+json";

    [Fact]
    public async Task Changes_of_the_template_are_counted()
    {
        await using var server = await TestServer.StartAsync();
        var (_, made) = await server.SendAsync(HttpMethod.Post, Path, """
            {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},
            "spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
        Assert.Equal("""{"deprecated.daemonset.template.generation":"1"}""", made.GetObject("metadata")!["annotations"]!.ToString());
        var (code, slower) = await server.SendAsync(HttpMethod.Patch, Path + "/d", """{"spec":{"minReadySeconds":3}}""", Merge);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("1", Count(slower));
        var (_, changed) = await server.SendAsync(HttpMethod.Patch, Path + "/d", """{"spec":{"template":{"spec":{"nodeSelector":{"x":"y"}}}}}""", Merge);
        Assert.Equal("2", Count(changed));
        Assert.Equal(3L, changed.GetObject("metadata")!["generation"]!.AsInt64());
    }

    private static string? Count(ApiMachinery.Values.ObjectValue set) =>
        set.GetObject("metadata")!.GetObject("annotations")!.GetString("deprecated.daemonset.template.generation");
}
