using System.Diagnostics;
using Xebec.EndToEnd.Tests.Commands;

namespace Xebec.EndToEnd.Tests.Clusters;

/// <summary>Debian's docker-registry in the cluster's network.</summary>
public sealed class Registry : IAsyncDisposable
{
    private const int Port = 5000;
    private readonly Process _process;
    private readonly Cluster _cluster;

    private Registry(Process process, Cluster cluster) => (_process, _cluster) = (process, cluster);

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Starts it; null when it, or skopeo, is not installed.</summary>
    public static async Task<Registry?> StartAsync(Cluster cluster)
    {
        if (Requirements.Find("docker-registry") is null || Requirements.Find("skopeo") is null) return null;
        var folder = Directory.CreateDirectory(Path.Combine(cluster.Folder, "registry")).FullName;
        var config = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(config, $$"""
            version: 0.1
            storage: { filesystem: { rootdirectory: {{folder}}/data } }
            http: { addr: 127.0.0.1:{{Port}} }
            """);
        var process = cluster.Commands.StartInBackground("sh", ["-c", "exec docker-registry serve \"$1\" >\"$2\" 2>&1", "sh", config, Path.Combine(cluster.Folder, "registry.log")]);
        var registry = new Registry(process, cluster);
        await Eventually.HoldsAsync("the registry answers", TimeSpan.FromSeconds(20), async () =>
        {
            try
            {
                using var response = await cluster.Http.GetAsync($"{registry.Url}/v2/");
                return response.IsSuccessStatusCode ? null : response.StatusCode.ToString();
            }
            catch (HttpRequestException exception)
            {
                return exception.Message;
            }
        });
        return registry;
    }

    /// <summary>Pushes an OCI archive under a name such as library/nginx:1.14.2.</summary>
    public async Task PushAsync(string archive, string name) => (await _cluster.Commands.RunAsync(
        "skopeo", ["--insecure-policy", "copy", "--dest-tls-verify=false", $"oci-archive:{archive}", $"docker://127.0.0.1:{Port}/{name}"])).MustSucceed();

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        return ValueTask.CompletedTask;
    }
}
