using Xebec.Kubelet.Containers;
using Xebec.Kubelet.Images;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Status;
using Xebec.Kubelet.Volumes;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>Starts one container: back-off, image, configuration, create, start, postStart hook.</summary>
internal sealed class ContainerStarter(NodeServices services)
{
    private const string RunContainerError = nameof(RunContainerError);
    private const string CreateContainerError = nameof(CreateContainerError);
    private readonly LifecycleHooks _hooks = new(services.Runtime, services.HookClient, services.Time);

    /// <exception cref="StartException">It does not run.</exception>
    public async Task StartAsync(
        Pod pod, ContainerStart start, RuntimePod observed, PodSandboxConfig sandbox, MountedVolumes volumes,
            CancellationToken cancellation)
    {
        var path = PodContainers.FieldPath(start.Container.Name, start.Kind);
        ThrowIfBackingOff(pod, start, observed, path);
        var image = await ImageAsync(pod, start, cancellation);
        var config = await ConfigAsync(pod, start, observed, image, volumes, path, cancellation);
        var id = await CreateAsync(pod, start.Container, observed, config, sandbox, path);
        await RunPostStartAsync(pod, start.Container, id, observed, path, cancellation);
    }

    private static string BackOffKey(Pod pod, Container container) => $"{pod.Metadata.Uid}_{container.Name}_{ContainerHash.Of(container)}";

    /// <summary>The first failure starts again at once; later ones wait, twice as long each time.</summary>
    private void ThrowIfBackingOff(Pod pod, ContainerStart start, RuntimePod observed, string path)
    {
        var last = observed.Newest(start.Container.Name);
        if (last is not { State: Runtime.ContainerState.Exited, FinishedAt: { } finishedAt })
            return;
        var key = BackOffKey(pod, start.Container);
        var now = services.Time.GetUtcNow();
        var left = services.RestartBackOff.Remaining(key, finishedAt, now);
        if (left <= TimeSpan.Zero)
        {
            services.RestartBackOff.Next(key, finishedAt, now);
            return;
        }

        var name = start.Container.Name;
        services.Events.Warning(
            pod, "BackOff", $"Back-off restarting failed container {name} in pod {PodText.Format(pod)}", path);
        var wait = BackOffText(services.RestartBackOff.Current(key));
        throw new StartException(
            new WaitReason("CrashLoopBackOff", $"back-off {wait} restarting failed container={name} pod={PodText.Format(pod)}"), left);
    }

    private static string BackOffText(TimeSpan wait) => wait < TimeSpan.FromMinutes(1)
        ? $"{wait.TotalSeconds:0}s"
        : $"{(int)wait.TotalMinutes}m{wait.Seconds}s";

    private async Task<Image> ImageAsync(Pod pod, ContainerStart start, CancellationToken cancellation)
    {
        var secrets = new List<Secret>();
        foreach (var reference in pod.Spec.ImagePullSecrets)
        {
            if (await services.Objects.GetAsync<Secret>(
                pod.Metadata.Namespace, reference.Name, TimeSpan.FromSeconds(10), cancellation) is { } secret)
                secrets.Add(secret);
        }

        try
        {
            return await services.Images.EnsureAsync(
                pod, start.Container, start.Kind, RegistryCredentials.For(start.Container.Image, secrets), cancellation);
        }
        catch (ImagePullException e)
        {
            throw new StartException(new WaitReason(e.Reason, e.Message), e.RetryAfter);
        }
    }

    private async Task<ContainerConfig> ConfigAsync(
        Pod pod, ContainerStart start, RuntimePod observed, Image image, MountedVolumes volumes, string path,
            CancellationToken cancellation)
    {
        try
        {
            SecurityContexts.VerifyNonRoot(pod, start.Container, image);
            var environment = await EnvironmentReader.ReadAsync(services, pod, start.Container, observed.IpAddresses, cancellation);
            var attempt = NextAttempt(pod, start, observed);
            var variables = environment.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
            return ContainerConfigs.Build(new ContainerConfigInput(pod, start.Container, image, attempt)
            {
                Environment = environment,
                Mounts = ContainerMounts.Build(pod, start.Container, volumes, services.Folders, attempt, variables.GetValueOrDefault),
                QosClass = QosClasses.Of(pod),
                NodeMemoryBytes = services.Allocatable.TryGetValue("memory", out var memory) ? memory.WholeValue : 0,
                SeccompDirectory = services.Folders.Seccomp,
                TargetContainerId = TargetId(pod, start, observed),
                HasLogs = services.Folders.LogsRoot.Length > 0,
            });
        }
        catch (ContainerConfigException e)
        {
            services.Events.Warning(pod, "Failed", $"Error: {e.Message}", path);
            throw new StartException(new WaitReason(e.Reason, e.Message));
        }
    }

    private static int NextAttempt(Pod pod, ContainerStart start, RuntimePod observed)
    {
        if (observed.Newest(start.Container.Name) is { } last)
            return RuntimeLabels.RestartCountOf(last) + 1;
        var statuses = start.Kind == ContainerKind.Init ? pod.Status.InitContainerStatuses : pod.Status.ContainerStatuses;
        var known = statuses.Find(s => s.Name == start.Container.Name);
        return known?.ContainerID.Length > 0 ? known.RestartCount + 1 : 0;
    }

    private static string TargetId(Pod pod, ContainerStart start, RuntimePod observed)
    {
        var target = start.Kind == ContainerKind.Ephemeral
            ? pod.Spec.EphemeralContainers.Find(c => c.Name == start.Container.Name)?.TargetContainerName ?? ""
            : "";
        return target.Length == 0 ? "" : observed.Newest(target)?.Id ?? "";
    }

    private async Task<string> CreateAsync(
        Pod pod, Container container, RuntimePod observed, ContainerConfig config, PodSandboxConfig sandbox, string path)
    {
        var failure = CreateContainerError;
        try
        {
            if (sandbox.LogDirectory.Length > 0)
                Directory.CreateDirectory(Path.Combine(sandbox.LogDirectory, container.Name));
            var id = await services.Runtime.CreateContainerAsync(observed.Sandboxes[0].Id, config, sandbox, CancellationToken.None);
            services.Events.Normal(pod, "Created", $"Created container: {container.Name}", path);
            failure = RunContainerError;
            await services.Runtime.StartContainerAsync(id, CancellationToken.None);
            services.Events.Normal(pod, "Started", $"Started container {container.Name}", path);
            return id;
        }
        catch (Exception e) when (e is RuntimeException or IOException)
        {
            services.Events.Warning(pod, "Failed", $"Error: {e.Message}", path);
            throw new StartException(new WaitReason(failure, e.Message));
        }
    }

    private async Task RunPostStartAsync(
        Pod pod, Container container, string id, RuntimePod observed, string path, CancellationToken cancellation)
    {
        if (container.Lifecycle?.PostStart is not { } hook)
            return;
        var podIp = observed.IpAddresses.Count > 0 ? observed.IpAddresses[0] : services.Options.NodeIp;
        if (await _hooks.RunAsync(hook, container, id, podIp, cancellation) is not { } error)
            return;
        services.Events.Warning(pod, "FailedPostStartHook", $"PostStartHook failed: {error}", path);
        services.Events.Normal(pod, "Killing", "FailedPostStartHook", path);
        await services.Runtime.StopContainerAsync(id, pod.Spec.TerminationGracePeriodSeconds ?? 30, cancellation);
        throw new StartException(new WaitReason("PostStartHookError", error));
    }
}
