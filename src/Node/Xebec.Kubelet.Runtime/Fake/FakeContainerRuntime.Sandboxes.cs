namespace Xebec.Kubelet.Runtime.Fake;

public sealed partial class FakeContainerRuntime
{
    /// <inheritdoc/>
    public Task<string> RunPodSandboxAsync(PodSandboxConfig config, CancellationToken cancellationToken = default) => Answer(() =>
    {
        if (SandboxError(config) is { } error)
            throw error;
        if (_sandboxes.Values.Any(other => other.Config.Metadata == config.Metadata))
            throw new RuntimeException(RuntimeErrorCode.AlreadyExists, $"the sandbox name of {config.Metadata} is reserved");
        var hasNetwork = config.SecurityContext.Namespaces.Network != NamespaceMode.Node;
        var sandbox = new FakeSandbox(NewId(), config, timeProvider.GetUtcNow(), hasNetwork ? _addresses.Take() : null);
        _sandboxes.Add(sandbox.Id, sandbox);
        Publish(RuntimeEventType.Created, sandbox.Id);
        Publish(RuntimeEventType.Started, sandbox.Id);
        return sandbox.Id;
    });

    /// <inheritdoc/>
    public Task StopPodSandboxAsync(string podSandboxId, CancellationToken cancellationToken = default) => Answer(() =>
    {
        if (_sandboxes.TryGetValue(podSandboxId, out var sandbox))
            Stop(sandbox);
        return sandbox;
    });

    /// <inheritdoc/>
    public Task RemovePodSandboxAsync(string podSandboxId, CancellationToken cancellationToken = default) => Answer(() =>
    {
        if (_sandboxes.TryGetValue(podSandboxId, out var sandbox))
        {
            Stop(sandbox);
            foreach (var container in ContainersOf(sandbox))
                Remove(container);
            _sandboxes.Remove(podSandboxId);
            Publish(RuntimeEventType.Deleted, podSandboxId);
        }
        return sandbox;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodSandbox>> ListPodSandboxesAsync(
        PodSandboxFilter? filter = null, CancellationToken cancellationToken = default) => Answer<IReadOnlyList<PodSandbox>>(() =>
        [
            .. Select(filter).Where(sandbox => filter?.State is not { } state || sandbox.State == state)
                .Select(sandbox => sandbox.ToListItem()),
        ]);

    /// <inheritdoc/>
    public Task<PodSandboxStatus> PodSandboxStatusAsync(string podSandboxId, CancellationToken cancellationToken = default) =>
        Answer(() => SandboxOf(podSandboxId).ToStatus());

    /// <inheritdoc/>
    public Task<PodSandboxStats> PodSandboxStatsAsync(string podSandboxId, CancellationToken cancellationToken = default) =>
        Answer(() => StatsOf(SandboxOf(podSandboxId)));

    /// <inheritdoc/>
    public Task<IReadOnlyList<PodSandboxStats>> ListPodSandboxStatsAsync(
        PodSandboxFilter? filter = null, CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<PodSandboxStats>>(() =>
            [.. Select(filter).Where(sandbox => sandbox.State == PodSandboxState.Ready).Select(StatsOf)]);

    /// <inheritdoc/>
    public Task<Uri> PortForwardAsync(string podSandboxId, IReadOnlyList<int> ports, CancellationToken cancellationToken = default) =>
        Answer<Uri>(() => throw NoStreams());

    /// <summary>The sandbox's process dies: all its containers are killed, and it is NotReady.</summary>
    public void KillSandbox(string podSandboxId)
    {
        lock (_lock)
            Stop(SandboxOf(podSandboxId));
    }

    private void Stop(FakeSandbox sandbox)
    {
        if (sandbox.State == PodSandboxState.NotReady)
            return;
        foreach (var container in ContainersOf(sandbox))
            Exit(container, KilledExitCode, "");
        if (sandbox.Address is { } address)
            _addresses.Release(address);
        (sandbox.State, sandbox.Address) = (PodSandboxState.NotReady, null);
        Publish(RuntimeEventType.Stopped, sandbox.Id, KilledExitCode);
    }

    private FakeSandbox SandboxOf(string id) => _sandboxes.GetValueOrDefault(id) ?? throw NotFound("sandbox", id);

    private List<FakeContainer> ContainersOf(FakeSandbox sandbox) =>
        [.. _containers.Values.Where(container => container.Sandbox == sandbox)];

    private IEnumerable<FakeSandbox> Select(PodSandboxFilter? filter) => filter is null ? _sandboxes.Values
        : _sandboxes.Values.Where(sandbox =>
        sandbox.Id.StartsWith(filter.Id ?? "", StringComparison.Ordinal) && Matches(filter.LabelSelector, sandbox.Config.Labels));

    private PodSandboxStats StatsOf(FakeSandbox sandbox)
    {
        var now = timeProvider.GetUtcNow();
        List<ContainerStats> containers =
            [.. ContainersOf(sandbox).Where(one => one.State == ContainerState.Running).Select(one => one.ToStats(now))];
        return new PodSandboxStats(sandbox.Id, sandbox.Config.Metadata)
        {
            Labels = sandbox.Config.Labels,
            Annotations = sandbox.Config.Annotations,
            Cpu = new CpuUsage(now, Sum(one => one.Cpu!.UsageCoreNanoseconds), Sum(one => one.Cpu!.UsageNanoCores)),
            Memory = new MemoryUsage(now, Sum(one => one.Memory!.WorkingSetBytes)),
            ProcessCount = (ulong)containers.Count + 1,
            Containers = containers,
        };

        ulong Sum(Func<ContainerStats, ulong> part) => containers.Aggregate(0UL, (sum, one) => sum + part(one));
    }
}
