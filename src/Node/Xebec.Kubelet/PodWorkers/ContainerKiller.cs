using Xebec.Kubelet.Pleg;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>Stops containers: event, preStop hook, stop signal, and the kill when the grace period is over.</summary>
internal sealed class ContainerKiller(NodeServices services)
{
    private const long MinimumGraceSeconds = 2;
    private const long DefaultGraceSeconds = 30;
    private readonly LifecycleHooks _hooks = new(services.Runtime, services.HookClient, services.Time);

    public async Task KillAsync(Pod pod, ContainerKill kill, RuntimePod observed, long? graceSeconds, CancellationToken cancellation)
    {
        var grace = graceSeconds ?? kill.GracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? DefaultGraceSeconds;
        var path = PodContainers.FieldPath(kill.Name, kill.Kind);
        KubeletLog.Killing(services.Logger, PodText.Name(pod), kill.Name, kill.Status.Id, grace);
        services.Events.Normal(pod, "Killing", kill.Message, path);
        var started = services.Time.GetTimestamp();
        await RunPreStopAsync(pod, kill, observed, grace, path, cancellation);
        var left = grace - (long)services.Time.GetElapsedTime(started).TotalSeconds;
        await services.Runtime.StopContainerAsync(kill.Status.Id, grace == 0 ? 0 : Math.Max(left, MinimumGraceSeconds), cancellation);
    }

    /// <summary>Kills what runs in a pod: regular containers together, then sidecars in the reverse of their order.</summary>
    public async Task KillAllAsync(Pod pod, RuntimePod observed, long? graceSeconds, CancellationToken cancellation)
    {
        var started = services.Time.GetTimestamp();
        var running = observed.Containers.Where(c => c.State is Runtime.ContainerState.Running or Runtime.ContainerState.Unknown).ToList();
        var sidecars = pod.Spec.InitContainers.Where(PodContainers.IsSidecar).Select(c => c.Name).Reverse().ToList();
        await Task.WhenAll(running.Where(c => !sidecars.Contains(c.Metadata.Name))
            .Select(c => KillAsync(pod, StopOf(pod, c), observed, graceSeconds, cancellation)));
        foreach (var name in sidecars)
        {
            foreach (var sidecar in running.Where(c => c.Metadata.Name == name))
            {
                var grace = graceSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? DefaultGraceSeconds;
                var left = Math.Max(0, grace - (long)services.Time.GetElapsedTime(started).TotalSeconds);
                await KillAsync(pod, StopOf(pod, sidecar), observed, left, cancellation);
            }
        }
    }

    private static ContainerKill StopOf(Pod pod, Runtime.ContainerStatus status)
    {
        var kind = PodContainers.Find(pod, status.Metadata.Name)?.Kind ?? ContainerKind.Regular;
        return new ContainerKill(status, status.Metadata.Name, kind, $"Stopping container {status.Metadata.Name}");
    }

    private async Task RunPreStopAsync(
        Pod pod, ContainerKill kill, RuntimePod observed, long grace, string path, CancellationToken cancellation)
    {
        if (grace == 0 || PodContainers.Find(pod, kill.Name)?.Container is not { Lifecycle.PreStop: { } hook } container)
            return;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(grace), services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        var podIp = observed.IpAddresses.Count > 0 ? observed.IpAddresses[0] : services.Options.NodeIp;
        try
        {
            if (await _hooks.RunAsync(hook, container, kill.Status.Id, podIp, either.Token) is { } error)
                services.Events.Warning(pod, "FailedPreStopHook", $"PreStopHook failed: {error}", path);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            services.Events.Warning(pod, "FailedPreStopHook", "PreStopHook did not end within the grace period", path);
        }
    }
}
