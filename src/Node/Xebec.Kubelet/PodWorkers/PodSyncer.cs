using System.Collections.Concurrent;
using Xebec.Kubelet.Containers;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Status;
using Xebec.Kubelet.Volumes;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>Carries out the actions that were planned for one pod.</summary>
internal sealed class PodSyncer(NodeServices services, ContainerStarter starter, ContainerKiller killer, DnsConfig hostDns)
{
    private const int KeptAttempts = 2;

    /// <summary>Kills and starts what was planned; the containers that failed to start get a wait reason and are not tried again.</summary>
    public async Task<SyncResult> ExecuteAsync(
        Pod pod, RuntimePod observed, PodActions actions, MountedVolumes volumes, ConcurrentDictionary<string, WaitReason> waitReasons,
        HashSet<string> failed, CancellationToken cancellation)
    {
        var progress = false;
        if (actions is { KillPod: true, CreateSandbox: true })
            services.Events.Normal(pod, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
        if (actions.KillPod)
            progress |= await KillPodAsync(pod, observed, null, cancellation);
        foreach (var kill in actions.Kill)
        {
            await killer.KillAsync(pod, kill, observed, null, cancellation);
            progress = true;
        }

        if (progress)
            return new SyncResult(true, null);
        if (actions.CreateSandbox)
        {
            await CreateSandboxAsync(pod, actions.SandboxAttempt);
            return new SyncResult(true, null);
        }

        return await StartAsync(pod, observed, actions, volumes, waitReasons, failed, cancellation);
    }

    /// <summary>Stops all containers, then all sandboxes; whether anything was there to stop.</summary>
    public async Task<bool> KillPodAsync(Pod pod, RuntimePod observed, long? graceSeconds, CancellationToken cancellation)
    {
        await killer.KillAllAsync(pod, observed, graceSeconds, cancellation);
        var any = observed.HasRunningContainer;
        foreach (var sandbox in observed.Sandboxes.Where(s => s.State == PodSandboxState.Ready))
        {
            await services.Runtime.StopPodSandboxAsync(sandbox.Id, cancellation);
            any = true;
        }

        return any;
    }

    /// <summary>Removes attempts that neither run nor are the last one before.</summary>
    public async Task RemoveOldAsync(RuntimePod observed, CancellationToken cancellation)
    {
        foreach (var attempts in observed.Containers.GroupBy(c => c.Metadata.Name))
        {
            foreach (var old in attempts.Skip(KeptAttempts).Where(c => c.State == Runtime.ContainerState.Exited))
            {
                await services.Runtime.RemoveContainerAsync(old.Id, cancellation);
                DeleteFiles(observed.Uid, old);
            }
        }

        foreach (var old in observed.Sandboxes.Skip(1).Where(s => s.State == PodSandboxState.NotReady))
        {
            if (!observed.SandboxIds.Values.Contains(old.Id))
                await services.Runtime.RemovePodSandboxAsync(old.Id, cancellation);
        }
    }

    private void DeleteFiles(string uid, Runtime.ContainerStatus old)
    {
        if (old.LogPath.Length > 0 && File.Exists(old.LogPath))
            File.Delete(old.LogPath);
        var message = services.Folders.TerminationLog(uid, old.Metadata.Name, RuntimeLabels.RestartCountOf(old));
        if (services.Folders.Exist && File.Exists(message))
            File.Delete(message);
    }

    /// <summary>Removes all that the runtime has of the pod, and its logs.</summary>
    public async Task RemoveAllAsync(Pod pod, RuntimePod observed, CancellationToken cancellation)
    {
        foreach (var sandbox in observed.Sandboxes)
        {
            await services.Runtime.StopPodSandboxAsync(sandbox.Id, cancellation);
            await services.Runtime.RemovePodSandboxAsync(sandbox.Id, cancellation);
        }

        foreach (var container in observed.Containers)
            await services.Runtime.RemoveContainerAsync(container.Id, cancellation);
        var logs = services.Folders.Logs(pod.Metadata.Namespace, pod.Metadata.Name, pod.Metadata.Uid);
        if (logs.Length > 0 && Directory.Exists(logs))
            Directory.Delete(logs, recursive: true);
    }

    private async Task<SyncResult> StartAsync(
        Pod pod, RuntimePod observed, PodActions actions, MountedVolumes volumes, ConcurrentDictionary<string, WaitReason> waitReasons,
        HashSet<string> failed, CancellationToken cancellation)
    {
        TimeSpan? retryAfter = null;
        foreach (var start in actions.Start)
        {
            var name = start.Container.Name;
            if (failed.Contains(name))
                continue;
            try
            {
                WriteHosts(pod, observed);
                await starter.StartAsync(
                    pod, start, observed, SandboxConfig(pod, observed.Sandboxes[0].Metadata.Attempt), volumes, cancellation);
                waitReasons.TryRemove(name, out _);
                return new SyncResult(true, retryAfter);
            }
            catch (StartException e)
            {
                waitReasons[name] = e.Reason;
                failed.Add(name);
                retryAfter = Sooner(retryAfter, e.RetryAfter ?? TimeSpan.FromSeconds(10));
            }
        }

        return new SyncResult(false, retryAfter);
    }

    private static TimeSpan Sooner(TimeSpan? one, TimeSpan other) => one is { } time && time < other ? time : other;

    private async Task CreateSandboxAsync(Pod pod, uint attempt)
    {
        var config = SandboxConfig(pod, attempt);
        if (config.LogDirectory.Length > 0)
            Directory.CreateDirectory(config.LogDirectory);
        try
        {
            // A call that is given up goes on in the runtime, so a pod that is deleted now waits for its sandbox and then stops it.
            await services.Runtime.RunPodSandboxAsync(config, CancellationToken.None);
        }
        catch (RuntimeException e)
        {
            services.Events.Warning(pod, "FailedCreatePodSandBox", $"Failed to create pod sandbox: {e.Message}");
            throw;
        }
    }

    private PodSandboxConfig SandboxConfig(Pod pod, uint attempt) =>
        SandboxConfigs.Build(pod, attempt, services.Options, services.Folders, hostDns, services.Cgroups.PathOf(pod));

    private void WriteHosts(Pod pod, RuntimePod observed)
    {
        if (!services.Folders.Exist)
            return;
        var text = pod.Spec.HostNetwork
            ? HostsFile.ForHostNetwork(pod, File.Exists("/etc/hosts") ? File.ReadAllText("/etc/hosts") : "")
            : HostsFile.ForPod(pod, observed.IpAddresses, services.Options.ClusterDomain);
        Directory.CreateDirectory(services.Folders.Pod(pod.Metadata.Uid));
        File.WriteAllText(services.Folders.HostsFile(pod.Metadata.Uid), text);
    }
}
