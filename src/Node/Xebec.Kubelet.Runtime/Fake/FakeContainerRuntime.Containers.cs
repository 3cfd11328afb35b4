namespace Xebec.Kubelet.Runtime.Fake;

public sealed partial class FakeContainerRuntime
{
    private const int KilledExitCode = 137;

    /// <inheritdoc/>
    public Task<string> CreateContainerAsync(
        string podSandboxId, ContainerConfig config, PodSandboxConfig sandboxConfig, CancellationToken cancellationToken = default) =>
        Answer(() =>
        {
            var sandbox = SandboxOf(podSandboxId);
            var imageId = ImageIdOf(config.Image);
            if (config.UserSpecifiedImage.Length > 0)
                config = config with { Image = config.UserSpecifiedImage };
            var behavior = Behavior(config);
            if (behavior.CreateError is { } error)
                throw error;
            if (ContainersOf(sandbox).Any(other => other.Config.Metadata == config.Metadata))
                throw new RuntimeException(RuntimeErrorCode.AlreadyExists, $"the container name of {config.Metadata} is reserved");
            var container = new FakeContainer(NewId(), sandbox, config, imageId, behavior, timeProvider.GetUtcNow());
            _containers.Add(container.Id, container);
            Publish(RuntimeEventType.Created, container.Id);
            return container.Id;
        });

    /// <inheritdoc/>
    public Task StartContainerAsync(string containerId, CancellationToken cancellationToken = default) => Answer(() =>
    {
        var container = ContainerOf(containerId);
        if (container.State != ContainerState.Created)
            throw new RuntimeException(RuntimeErrorCode.FailedPrecondition, $"container \"{containerId}\" is in state {container.State}");
        if (container.Behavior.StartError is { } error)
            throw error;
        container.Start(timeProvider.GetUtcNow());
        FakeLog.Write(container, timeProvider.GetUtcNow());
        Publish(RuntimeEventType.Started, containerId);
        if (container.Behavior.RunsFor is { } duration)
            ExitAfter(container, duration, container.Behavior.ExitCode, container.Behavior.Reason);
        return container;
    });

    /// <inheritdoc/>
    public async Task StopContainerAsync(string containerId, long timeoutSeconds, CancellationToken cancellationToken = default)
    {
        var container = await Answer(() => _containers.GetValueOrDefault(containerId));
        if (container is null or { State: not ContainerState.Running })
            return;
        var grace = TimeSpan.FromSeconds(timeoutSeconds);
        lock (_lock)
        {
            if (container.Behavior.StopTakes is { } duration && timeoutSeconds > 0 && duration <= grace)
                ExitAfter(container, duration, container.Behavior.StopExitCode, "");
            else
                ExitAfter(container, grace, KilledExitCode, "");
        }
        await container.Exited.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveContainerAsync(string containerId, CancellationToken cancellationToken = default) => Answer(() =>
    {
        if (_containers.TryGetValue(containerId, out var container))
            Remove(container);
        return container;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<Container>> ListContainersAsync(
        ContainerFilter? filter = null, CancellationToken cancellationToken = default) => Answer<IReadOnlyList<Container>>(() =>
        [.. Select(filter).Where(one => filter?.State is not { } state || one.State == state).Select(one => one.ToListItem())]);

    /// <inheritdoc/>
    public Task<ContainerStatus> ContainerStatusAsync(string containerId, CancellationToken cancellationToken = default) =>
        Answer(() => ContainerOf(containerId).ToStatus());

    /// <inheritdoc/>
    public Task UpdateContainerResourcesAsync(
        string containerId, LinuxContainerResources resources, CancellationToken cancellationToken = default) =>
        Answer(() => ContainerOf(containerId).Resources = resources);

    /// <inheritdoc/>
    public Task ReopenContainerLogAsync(string containerId, CancellationToken cancellationToken = default) =>
        Answer(() => ContainerOf(containerId));

    /// <inheritdoc/>
    public Task<ExecSyncResult> ExecSyncAsync(
        string containerId, IReadOnlyList<string> command, long timeoutSeconds, CancellationToken cancellationToken = default) =>
        Answer(() => Running(containerId).Behavior.Exec?.Invoke(command) ?? new ExecSyncResult(default, default, 0));

    /// <inheritdoc/>
    public Task<Uri> ExecAsync(ExecRequest request, CancellationToken cancellationToken = default) => Answer<Uri>(() => throw NoStreams());

    /// <inheritdoc/>
    public Task<Uri> AttachAsync(AttachRequest request, CancellationToken cancellationToken = default) =>
        Answer<Uri>(() => throw NoStreams());

    /// <inheritdoc/>
    public Task<ContainerStats> ContainerStatsAsync(string containerId, CancellationToken cancellationToken = default) =>
        Answer(() => ContainerOf(containerId).ToStats(timeProvider.GetUtcNow()));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ContainerStats>> ListContainerStatsAsync(
        ContainerFilter? filter = null, CancellationToken cancellationToken = default) => Answer<IReadOnlyList<ContainerStats>>(() =>
    {
        var now = timeProvider.GetUtcNow();
        return [.. Select(filter).Where(one => one.State == ContainerState.Running).Select(one => one.ToStats(now))];
    });

    /// <summary>How a probe of a container over the network ends: null is success, else the message of the failure.</summary>
    public string? AnswerProbe(string containerId, int port, string path)
    {
        FakeContainerBehavior? behavior;
        lock (_lock)
            behavior = _containers.GetValueOrDefault(containerId) is { State: ContainerState.Running } running ? running.Behavior : null;
        return behavior is null ? "connection refused" : behavior.NetworkProbe(port, path);
    }

    /// <summary>A running container ends now (a crash, an OOM kill); no effect on one that does not run.</summary>
    public void ExitContainer(string containerId, int exitCode, string reason = "")
    {
        lock (_lock)
            Exit(ContainerOf(containerId), exitCode, reason);
    }

    private void ExitAfter(FakeContainer container, TimeSpan duration, int exitCode, string reason)
    {
        container.Timer?.Dispose();
        if (duration <= TimeSpan.Zero)
            Exit(container, exitCode, reason);
        else
            container.Timer = timeProvider.CreateTimer(
                _ => ExitLocked(container, exitCode, reason), null, duration, Timeout.InfiniteTimeSpan);
    }

    private void ExitLocked(FakeContainer container, int exitCode, string reason)
    {
        lock (_lock)
            Exit(container, exitCode, reason);
    }

    private void Exit(FakeContainer container, int exitCode, string reason)
    {
        if (container.State != ContainerState.Running)
            return;
        container.Exit(timeProvider.GetUtcNow(), exitCode, reason);
        Publish(RuntimeEventType.Stopped, container.Id, exitCode);
    }

    private void Remove(FakeContainer container)
    {
        Exit(container, KilledExitCode, "");
        _containers.Remove(container.Id);
        Publish(RuntimeEventType.Deleted, container.Id);
    }

    private FakeContainer ContainerOf(string id) => _containers.GetValueOrDefault(id) ?? throw NotFound("container", id);

    private FakeContainer Running(string id) => ContainerOf(id) is { State: ContainerState.Running } container ? container
        : throw new RuntimeException(RuntimeErrorCode.FailedPrecondition, $"container \"{id}\" is not running");

    private static RuntimeException NoStreams() => new(RuntimeErrorCode.Unimplemented, "a simulated container has no streams");

    private IEnumerable<FakeContainer> Select(ContainerFilter? filter) => filter is null ? _containers.Values
        : _containers.Values.Where(one =>
        one.Id.StartsWith(filter.Id ?? "", StringComparison.Ordinal) && (filter.PodSandboxId ?? one.Sandbox.Id) == one.Sandbox.Id
        && Matches(filter.LabelSelector, one.Config.Labels));
}
