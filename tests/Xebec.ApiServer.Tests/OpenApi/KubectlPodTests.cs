using Xebec.ApiMachinery.Values;
using Xebec.Tests;

namespace Xebec.ApiServer.Tests.OpenApi;

/// <summary>How the oldest and the newest kubectl change the image of what is there, or only say what would change.</summary>
public sealed class KubectlPodTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: httpd}
        spec:
          selector: {matchLabels: {app: httpd}}
          template: {metadata: {labels: {app: httpd}}, spec: {containers: [{name: httpd, image: "httpd:2.4"}]}}
        """;

    [Fact]
    [Conformance("[sig-cli] Kubectl client Kubectl diff should check if kubectl diff finds a difference for Deployments")]
    public Task The_difference_of_a_Deployment_is_shown_and_not_made() => CheckAsync(async (server, kubectl, ns) =>
    {
        await SucceedAsync(server, kubectl, Deployment, "create", ns, "-f", "-");
        var (exitCode, output, error) = await server.TryAsync(kubectl, Deployment.Replace("httpd:2.4", "busybox:1.37"), "diff", ns, "-f", "-");
        Assert.True(exitCode == 1, $"{kubectl}: {exitCode}: {output}{error}");
        Assert.Contains("\n-      - image: httpd:2.4\n", output);
        Assert.Contains("\n+      - image: busybox:1.37\n", output);
        Assert.Equal("", await SucceedAsync(server, kubectl, Deployment, "diff", ns, "-f", "-"));
    });

    [Fact]
    [Conformance("[sig-cli] Kubectl client Kubectl replace should update a single-container pod's image")]
    public Task A_pod_read_as_JSON_is_replaced_with_another_image() => CheckAsync(async (server, kubectl, ns) =>
    {
        var pod = await RunPodAsync(server, kubectl, ns);
        var changed = pod.ToString().Replace("httpd:2.4", "busybox:1.37");
        Assert.Equal("pod/web replaced\n", await SucceedAsync(server, kubectl, changed, "replace", ns, "-f", "-"));
        Assert.Equal("busybox:1.37", await ImageAsync(server, kubectl, ns));
    });

    [Fact]
    [Conformance("[sig-cli] Kubectl client Kubectl server-side dry-run should check if kubectl can dry-run update Pods")]
    public Task A_dry_run_patches_a_copy() => CheckAsync(async (server, kubectl, ns) =>
    {
        await RunPodAsync(server, kubectl, ns);
        string[] patch = ["patch", "pod", "web", ns, "--dry-run=server", "-p", """{"spec":{"containers":[{"name":"web","image":"busybox:1.37"}]}}"""];
        Assert.Equal("busybox:1.37", await SucceedAsync(server, kubectl, "", [.. patch, "-o", "jsonpath={.spec.containers[*].image}"]));
        Assert.Equal("httpd:2.4", await ImageAsync(server, kubectl, ns));
    });

    private static async Task<ObjectValue> RunPodAsync(KubectlServer server, string kubectl, string ns)
    {
        await SucceedAsync(server, kubectl, "", "run", "web", ns, "--image=httpd:2.4", "--labels=run=web");
        return (ObjectValue)Value.Parse(await SucceedAsync(server, kubectl, "", "get", "pod", "web", ns, "-o", "json"));
    }

    private static Task<string> ImageAsync(KubectlServer server, string kubectl, string ns) =>
        SucceedAsync(server, kubectl, "", "get", "pod", "web", ns, "-o", "jsonpath={.spec.containers[*].image}");

    private static async Task<string> SucceedAsync(KubectlServer server, string kubectl, string input, params string[] arguments)
    {
        var (exitCode, output, error) = await server.TryAsync(kubectl, input, arguments);
        Assert.True(exitCode == 0, $"{kubectl} {string.Join(' ', arguments)}: {output}{error}");
        return output;
    }

    /// <summary>Runs a story in a namespace of its own for each kubectl.</summary>
    private static async Task CheckAsync(Func<KubectlServer, string, string, Task> story)
    {
        var binaries = KubectlServer.Binaries();
        await using var server = await KubectlServer.StartAsync();
        await Task.WhenAll(new[] { binaries[0], binaries[^1] }.Distinct().Select(async kubectl =>
        {
            var name = Path.GetFileName(kubectl).Replace('.', '-');
            await server.RunAsync(kubectl, "create", "namespace", name);
            await server.Server.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{name}/serviceaccounts", """{"metadata":{"name":"default"}}""");
            await story(server, kubectl, "--namespace=" + name);
        }));
    }
}
