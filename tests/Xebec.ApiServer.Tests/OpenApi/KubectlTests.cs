using Xebec.Api;

namespace Xebec.ApiServer.Tests.OpenApi;

/// <summary>What kubectl makes of discovery, OpenAPI and tables, with every kubectl that the machine has.</summary>
public sealed class KubectlTests
{
    [Fact]
    public async Task Every_kubectl_lists_explains_and_prints_every_kind()
    {
        var binaries = KubectlServer.Binaries();
        await using var server = await KubectlServer.StartAsync();
        await Task.WhenAll(binaries.Select(binary => CheckAsync(server, binary)));
    }

    private static async Task CheckAsync(KubectlServer server, string kubectl)
    {
        var listable = BuiltIn.Resources.Where(r => r.Verbs.Contains("list")).Select(r => r.QualifiedPlural).Distinct().ToList();
        var names = await server.RunAsync(kubectl, "api-resources", "--verbs=list", "-o", "name");
        Assert.Equal(listable.ToHashSet(), names.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
        await server.RunAsync(kubectl, "get", string.Join(',', listable.Where(r => r != "componentstatuses")), "-A", "-o", "wide");
        Assert.Contains("default", await server.RunAsync(kubectl, "get", "namespaces"));
        Assert.Contains("rollingUpdate", await server.RunAsync(kubectl, "explain", "deployment.spec.strategy"));
        Assert.Contains("imagePullPolicy", await server.RunAsync(kubectl, "explain", "deployment", "--recursive"));
        Assert.Contains("averageUtilization", await server.RunAsync(kubectl, "explain", "hpa", "--recursive"));
        Assert.Contains(
            "rollingUpdate", await server.RunAsync(kubectl, "explain", "deployment.spec.strategy", "--output=plaintext-openapiv2"));
        Assert.Contains("dry run", await server.RunAsync(kubectl, "create", "configmap", "c", "--dry-run=server"));
    }
}
