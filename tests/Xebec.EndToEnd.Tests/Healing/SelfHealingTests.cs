using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xebec.EndToEnd.Tests.Clusters;
using Xebec.EndToEnd.Tests.Commands;
using Xebec.EndToEnd.Tests.Images;
using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.EndToEnd.Tests.Healing;

/// <summary>
/// The self-healing story: server and agent run as processes of their own, things are killed, and each time three replicas are ready again
/// and the Service answers.
/// </summary>
public sealed class SelfHealingTests(ITestOutputHelper output)
{
    private const string Name = "healing";
    private const int NodePort = 30091;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task ThreeReplicasEachTime()
    {
        if (Requirements.Missing() is { } missing) Assert.Skip($"SKIPPED: {missing}");
        await using var cluster = await Cluster.CreateAsync();
        try
        {
            var server = StartServer(cluster);
            await ServerReadyAsync(cluster);
            var agent = cluster.StartXebec("agent");
            await NodeReadyAsync(cluster);
            await cluster.BuildImageAsync(TestImage.Name, await TestImage.WriteContextAsync(Path.Combine(cluster.Folder, "image")));
            await cluster.ApplyAsync(Manifests.Web(Name, 3));
            await cluster.ApplyAsync(Manifests.NodePort(Name, NodePort));
            await HealedAsync(cluster, "deployed");

            await KillContainerAsync(cluster);
            await HealedAsync(cluster, "a container's process was killed");
            await cluster.KubectlAsync("delete", (await PodsAsync(cluster))[0], "--wait=false");
            await HealedAsync(cluster, "a pod was deleted");
            await RestartAgentAsync(cluster, agent);
            await HealedAsync(cluster, "the agent was stopped, a container killed, the agent started");

            await cluster.ApplyAsync(Manifests.Web(Name, 3, "2"));
            await KillAsync(server);
            Assert.Contains("Hello from", await cluster.Http.GetStringAsync($"http://127.0.0.1:{NodePort}/"));
            StartServer(cluster);
            await ServerReadyAsync(cluster);
            await HealedAsync(cluster, "the server was killed during a rollout");
            await Eventually.HoldsAsync("only version 2 runs", Limit, async () =>
                (await AnswersAsync(cluster)).All(answer => answer.Contains("version 2")) ? null : "version 1");
        }
        catch
        {
            output.WriteLine(await cluster.DiagnoseAsync());
            throw;
        }
    }

    private static Process StartServer(Cluster cluster) => cluster.StartXebec("server", "--kubeconfig", cluster.Kubeconfig);

    private static Task ServerReadyAsync(Cluster cluster) => Eventually.HoldsAsync("the server is ready", Limit, async () =>
    {
        var result = await cluster.Commands.RunAsync("kubectl", ["get", "--raw", "/readyz"]);
        return result.ExitCode == 0 ? null : result.Error;
    });

    private static Task NodeReadyAsync(Cluster cluster) => Eventually.HoldsAsync("the node is Ready", Limit, async () =>
    {
        var result = await cluster.Commands.RunAsync("kubectl", ["wait", "node", "--all", "--for=condition=Ready", "--timeout=5s"]);
        return result.ExitCode == 0 ? null : result.Error;
    });

    /// <summary>Three pods are ready, none is on its way out, and each of them answers through the Service.</summary>
    private static Task HealedAsync(Cluster cluster, string after) => Eventually.HoldsAsync($"three ready replicas after {after}", Limit, async () =>
    {
        var status = await cluster.Commands.RunAsync("kubectl", ["rollout", "status", $"deployment/{Name}", "--timeout=10s"]);
        if (status.ExitCode != 0) return status.ToString();
        var pods = (await PodsAsync(cluster)).Select(pod => pod["pod/".Length..]).Order(StringComparer.Ordinal).ToList();
        if (pods.Count != 3) return $"{pods.Count} pods";
        var ready = await cluster.KubectlAsync("get", "deployment", Name, "-o", "jsonpath={.status.readyReplicas}");
        if (ready != "3") return $"{ready} ready";
        var answering = (await AnswersAsync(cluster)).Select(answer => answer.Split(' ', ',')[2]).Distinct().Order(StringComparer.Ordinal).ToList();
        return answering.SequenceEqual(pods) ? null : $"answers of {string.Join(", ", answering)}; pods are {string.Join(", ", pods)}";
    });

    private static async Task<string[]> PodsAsync(Cluster cluster) =>
        (await cluster.KubectlAsync("get", "pods", "-l", $"app={Name}", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<IReadOnlyList<string>> AnswersAsync(Cluster cluster)
    {
        var answers = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            try
            {
                answers.Add((await cluster.Http.GetStringAsync($"http://127.0.0.1:{NodePort}/")).Trim());
            }
            catch (HttpRequestException exception)
            {
                answers.Add($"failed: {exception.Message} ,");
            }
        }

        return answers;
    }

    private static async Task RestartAgentAsync(Cluster cluster, Process agent)
    {
        var containers = await ContainerIdsAsync(cluster);
        await EndAsync(agent);
        await KillContainerAsync(cluster);
        cluster.StartXebec("agent");
        await NodeReadyAsync(cluster);
        await Eventually.HoldsAsync("the killed container is replaced", Limit, async () => (await ContainerIdsAsync(cluster)).Except(containers).Any() ? null : "the same");
        Assert.Equal(2, (await ContainerIdsAsync(cluster)).Intersect(containers).Count());
    }

    private static async Task<string[]> ContainerIdsAsync(Cluster cluster)
    {
        var list = await cluster.KubectlAsync("get", "pods", "-l", $"app={Name}", "-o", "json");
        return [.. JsonDocument.Parse(list).RootElement.GetProperty("items").EnumerateArray()
            .SelectMany(pod => pod.GetProperty("status").TryGetProperty("containerStatuses", out var all) ? all.EnumerateArray() : default)
            .Select(container => container.TryGetProperty("containerID", out var id) ? id.GetString()! : "")];
    }

    /// <summary>kill -9 of one container's first process, found by its cgroup.</summary>
    private static async Task KillContainerAsync(Cluster cluster)
    {
        var id = (await ContainerIdsAsync(cluster))[0].Split("//")[1];
        var process = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .First(name => ReadOrEmpty($"/proc/{name}/cgroup").Contains(id, StringComparison.Ordinal));
        Process.GetProcessById(int.Parse(process!, CultureInfo.InvariantCulture)).Kill();
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task KillAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    private static async Task EndAsync(Process process)
    {
        (await CommandRunner.OnMachine.RunAsync("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])).MustSucceed();
        await process.WaitForExitAsync().WaitAsync(Limit);
    }
}
