namespace Xebec.Kubelet.Runtime.Fake;

/// <summary>One container of the fake; changed under the runtime's lock.</summary>
internal sealed class FakeContainer(
    string id, FakeSandbox sandbox, ContainerConfig config, string imageId, FakeContainerBehavior behavior, DateTimeOffset createdAt)
{
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;
    public FakeSandbox Sandbox => sandbox;
    public ContainerConfig Config => config;
    public FakeContainerBehavior Behavior => behavior;
    public LinuxContainerResources Resources { get; set; } = config.Resources;
    public ContainerState State { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public int ExitCode { get; private set; }
    public string Reason { get; private set; } = "";

    /// <summary>Ends it when its time has come.</summary>
    public ITimer? Timer { get; set; }

    /// <summary>Complete once it has exited.</summary>
    public Task Exited => _exited.Task;

    public string LogFile => sandbox.Config.LogDirectory.Length == 0 || config.LogPath.Length == 0
        ? "" : Path.Combine(sandbox.Config.LogDirectory, config.LogPath);

    public void Start(DateTimeOffset now) => (State, StartedAt) = (ContainerState.Running, now);

    public void Exit(DateTimeOffset now, int exitCode, string reason)
    {
        (State, FinishedAt, ExitCode) = (ContainerState.Exited, now, exitCode);
        Reason = reason.Length > 0 ? reason : exitCode == 0 ? "Completed" : "Error";
        Timer?.Dispose();
        _exited.TrySetResult();
    }

    public Container ToListItem() => new(id, sandbox.Id, config.Metadata, State, createdAt, config.Image, imageId)
    {
        Labels = config.Labels,
        Annotations = config.Annotations,
    };

    public ContainerStatus ToStatus() => new(id, config.Metadata, State, createdAt)
    {
        StartedAt = StartedAt,
        FinishedAt = FinishedAt,
        ExitCode = ExitCode,
        Reason = Reason,
        Image = config.Image,
        ImageRef = imageId,
        Labels = config.Labels,
        Annotations = config.Annotations,
        Mounts = config.Mounts,
        LogPath = LogFile,
        Resources = Resources,
    };

    public ContainerStats ToStats(DateTimeOffset now)
    {
        var ranFor = StartedAt is { } started ? (FinishedAt ?? now) - started : TimeSpan.Zero;
        return new ContainerStats(id, config.Metadata)
        {
            Labels = config.Labels,
            Annotations = config.Annotations,
            Cpu = new CpuUsage(now, (ulong)(ranFor.TotalSeconds * behavior.CpuNanoCores), behavior.CpuNanoCores),
            Memory = new MemoryUsage(now, behavior.MemoryBytes) { UsageBytes = behavior.MemoryBytes, RssBytes = behavior.MemoryBytes },
            WritableLayer = new FilesystemUsage(now, "/", 0, 0),
        };
    }
}
