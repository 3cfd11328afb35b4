using System.Globalization;
using System.Text.Json;
using Xebec.EndToEnd.Tests.Clusters;
using Xebec.EndToEnd.Tests.Commands;
using Xebec.EndToEnd.Tests.Images;
using Xebec.EndToEnd.Tests.Kubectl;

namespace Xebec.EndToEnd.Tests.Lifecycle;

/// <summary>Up, kill, up again, down, up again, down with purge: nothing is lost, and in the end nothing is left.</summary>
public sealed class UpAndDownTests(ITestOutputHelper output)
{
    private const string Name = "kept";

    [Fact]
    public async Task NothingIsLostAndNothingIsLeft()
    {
        if (Requirements.Missing() is { } missing) Assert.Skip($"SKIPPED: {missing}");
        await using var cluster = await Cluster.CreateAsync();
        try
        {
            var before = await MachineState.ReadAsync(cluster, cluster.DataFolder);
            await cluster.UpAsync();
            await cluster.BuildImageAsync(TestImage.Name, await TestImage.WriteContextAsync(Path.Combine(cluster.Folder, "image")));
            await cluster.ApplyAsync(Manifests.Web(Name, 2));
            await ReadyAsync(cluster);
            var (pods, id) = (await PodsAsync(cluster), cluster.Id);

            await KillAsync(cluster);
            await cluster.UpAsync();
            await ReadyAsync(cluster);
            Assert.Equal(pods, await PodsAsync(cluster));

            (await cluster.XebecAsync("down")).MustSucceed();
            await NothingIsLeftAsync(cluster, before, id);
            await cluster.UpAsync();
            await RestartedAsync(cluster, pods);
            await ReadyAsync(cluster);
            Assert.Equal(pods.Keys, (await PodsAsync(cluster)).Keys);

            (await cluster.XebecAsync("down", "--purge")).MustSucceed();
            await NothingIsLeftAsync(cluster, before, id);
            Assert.False(Directory.Exists(cluster.DataFolder));
        }
        catch
        {
            output.WriteLine(await cluster.DiagnoseAsync());
            throw;
        }
    }

    private static async Task NothingIsLeftAsync(Cluster cluster, MachineState before, string id)
    {
        var left = (await MachineState.ReadAsync(cluster, id, cluster.DataFolder)).Since(before).ToList();
        Assert.True(left.Count == 0, $"left behind:\n{string.Join('\n', left)}");
    }

    private static async Task ReadyAsync(Cluster cluster)
    {
        await cluster.KubectlAsync("rollout", "status", $"deployment/{Name}", "--timeout=60s");
        await cluster.KubectlAsync("wait", "pod", "-l", $"app={Name}", "--for=condition=Ready", "--timeout=60s");
    }

    /// <summary>Down has ended the containers; until the kubelet says so, the status is the old one.</summary>
    private static Task RestartedAsync(Cluster cluster, SortedDictionary<string, string> before) =>
        Eventually.HoldsAsync("every pod has a new container", TimeSpan.FromSeconds(30), async () =>
        {
            var now = await PodsAsync(cluster);
            return now.All(pod => pod.Value.Contains("containerd://") && !before.ContainsValue(pod.Value)) ? null : string.Join('\n', now);
        });

    /// <summary>Each pod's uid with its containers' ids and restarts: what adoption keeps.</summary>
    private static async Task<SortedDictionary<string, string>> PodsAsync(Cluster cluster)
    {
        using var list = JsonDocument.Parse(await cluster.KubectlAsync("get", "pods", "-l", $"app={Name}", "-o", "json"));
        return new SortedDictionary<string, string>(list.RootElement.GetProperty("items").EnumerateArray().ToDictionary(
            pod => pod.GetProperty("metadata").GetProperty("uid").GetString()!,
            pod => string.Join(' ', pod.GetProperty("status").GetProperty("containerStatuses").EnumerateArray()
                .Select(one => $"{(one.TryGetProperty("containerID", out var id) ? id : default)} {one.GetProperty("restartCount")}"))), StringComparer.Ordinal);
    }

    private static async Task KillAsync(Cluster cluster)
    {
        var text = (await File.ReadAllTextAsync(Path.Combine(cluster.DataFolder, "run", "up.pid"))).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0];
        using var process = System.Diagnostics.Process.GetProcessById(int.Parse(text, CultureInfo.InvariantCulture));
        process.Kill();
        await process.WaitForExitAsync();
    }
}
