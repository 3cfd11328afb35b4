using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Kubelet.Cri.Containers;
using Xebec.Kubelet.Tests.Volumes;

namespace Xebec.Kubelet.Tests;

/// <summary>The agent over a real containerd: what a container really sees, and that nothing is left of it.</summary>
public sealed class RealContainerTests(RealNode node)
{
    private const string Script = """
        cat /work/greeting /config/color /info/labels; echo; echo env=$COLOR pass=$PASS ip=$IP; hostname
        head -n 1 /etc/hosts; tail -n 2 /etc/resolv.conf | head -n 1; id -u; echo bye > /dev/termination-log; ls /secret
        trap 'exit 7' TERM; sleep 1000 & wait
        """;

    [Fact]
    public async Task APodSeesItsVolumesEnvironmentAndFilesIsAdoptedAndLeavesNothing()
    {
        await node.ReadyAsync();
        using var folder = new TemporaryFolder();
        await using var harness = new KubeletHarness(node.Runtime) { Options = Options(folder) };
        await CreateConfigurationAsync(harness.Client);
        await harness.StartAsync();
        var uid = (await harness.CreateAsync(NewPod())).Metadata.Uid;
        var pod = await harness.PodAsync("real", Pods.IsReady);
        var log = Path.Combine(folder.At("logs"), $"default_real_{uid}", "app", "0.log");
        await harness.UntilAsync(async () => (await File.ReadAllTextAsync(log)).Contains("token", StringComparison.Ordinal));
        var lines = (await File.ReadAllLinesAsync(log)).Select(line => line.Split(' ', 4)[3]).ToArray();
        Assert.Equal(
            ["hello", "redapp=\"shop\"", $"env=red pass=secret ip={pod.Status.PodIP}", "real", "# Kubernetes-managed hosts file.",
                "nameserver 10.96.0.10", "65534", "password", "token"],
            lines);
        Assert.True(Directory.Exists(Cgroup(uid, "memory")) || Directory.Exists(Cgroup(uid, "")));

        await harness.StopAsync();
        await harness.StartAsync();
        await DeleteAsync(harness);
        var ended = await harness.PodAsync("real", p => p.Status.ContainerStatuses[0].State.Terminated is not null);
        var status = ended.Status.ContainerStatuses[0];
        Assert.Equal((pod.Status.ContainerStatuses[0].ContainerID, 0, 7, "bye\n"),
            (status.ContainerID, status.RestartCount, status.State.Terminated!.ExitCode, status.State.Terminated.Message));
        await LeavesNothingAsync(harness, folder, uid);
    }

    private KubeletOptions Options(TemporaryFolder folder) => new()
    {
        NodeName = "node-1",
        NodeIp = "10.0.0.1",
        Port = -1,
        Eviction = false,
        RootDirectory = folder.At("root"),
        PodLogsDirectory = folder.At("logs"),
        ClusterDns = "10.96.0.10",
        CgroupRoot = node.Options.CgroupRoot + "/kubepods",
    };

    private static async Task CreateConfigurationAsync(ApiClient client)
    {
        var settings = new ConfigMap { Data = { ["color"] = "red" } };
        (settings.Metadata.Name, settings.Metadata.Namespace) = ("settings", "default");
        await client.CreateAsync(settings);
        var secret = new Secret { Data = { ["password"] = "secret"u8.ToArray() } };
        (secret.Metadata.Name, secret.Metadata.Namespace) = ("keys", "default");
        await client.CreateAsync(secret);
    }

    private static Pod NewPod()
    {
        var init = Shell("setup", "echo hello > /work/greeting");
        init.VolumeMounts = [new() { Name = "work", MountPath = "/work" }];
        var app = Shell("app", Script);
        app.Env =
        [
            new() { Name = "COLOR", ValueFrom = new() { ConfigMapKeyRef = new() { Name = "settings", Key = "color" } } },
            new() { Name = "PASS", ValueFrom = new() { SecretKeyRef = new() { Name = "keys", Key = "password" } } },
            new() { Name = "IP", ValueFrom = new() { FieldRef = new() { FieldPath = "status.podIP" } } },
        ];
        app.VolumeMounts =
        [
            new() { Name = "work", MountPath = "/work" }, new() { Name = "config", MountPath = "/config", ReadOnly = true },
            new() { Name = "info", MountPath = "/info" }, new() { Name = "all", MountPath = "/secret" },
        ];
        app.SecurityContext = new() { RunAsUser = 65534, AllowPrivilegeEscalation = false };
        app.Resources.Limits["memory"] = ApiMachinery.Quantities.Quantity.Parse("64Mi");
        return Pods.New("real", app).With(pod =>
        {
            pod.Metadata.Labels["app"] = "shop";
            pod.Metadata.Finalizers = ["test/hold"];
            pod.Spec.InitContainers = [init];
            pod.Spec.Volumes =
            [
                new() { Name = "work", EmptyDir = new() { Medium = StorageMedium.Memory } },
                new() { Name = "config", ConfigMap = new() { Name = "settings" } },
                new() { Name = "info", DownwardAPI = new() { Items = [new() { Path = "labels", FieldRef = new(
                    ) { FieldPath = "metadata.labels" } }] } },
                new() { Name = "all", Projected = new() { Sources = [new() { Secret = new() { Name = "keys" } }, new(
                    ) { ServiceAccountToken = new() { Path = "token" } }] } },
            ];
        });
    }

    private static Container Shell(string name, string script)
    {
        var container = Pods.Container(name, "/bin/sh", "-c", script);
        container.Image = RealNode.ShellImage;
        return container;
    }

    private static Task DeleteAsync(KubeletHarness harness) => harness.Client.PatchAsync<Pod>(
        "default", "real", Patch.Merge("""{"metadata":{"deletionTimestamp":"2026-01-01T00:00:30Z","deletionGracePeriodSeconds":30}}"""));

    private async Task LeavesNothingAsync(KubeletHarness harness, TemporaryFolder folder, string uid)
    {
        await harness.UntilAsync(
            () => Task.FromResult(harness.Api.Requests.ToArray().Contains("DELETE /api/v1/namespaces/default/pods/real")));
        await harness.Client.PatchAsync<Pod>("default", "real", Patch.Merge("""{"metadata":{"finalizers":null}}"""));
        await harness.UntilAsync(async () => (await node.Runtime.ListPodSandboxesAsync()).All(s => s.Metadata.Uid != uid));
        await harness.UntilAsync(() => Task.FromResult(!Directory.Exists(folder.At($"logs/default_real_{uid}"))));
        Assert.DoesNotContain(folder.Path, await File.ReadAllTextAsync("/proc/self/mountinfo"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.At("root/pods")));
        Assert.False(Directory.Exists(Cgroup(uid, "memory")));
    }

    private string Cgroup(string uid, string hierarchy) =>
        Path.Combine("/sys/fs/cgroup", hierarchy, node.Options.CgroupRoot.TrimStart('/'), "kubepods", "burstable", $"pod{uid}");
}
