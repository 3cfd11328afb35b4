using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Pleg;

/// <summary>Reads what the runtime has of one pod; asks in detail only for what changed since the last time.</summary>
internal sealed class RuntimePodReader(IContainerRuntime runtime)
{
    public async Task<RuntimePod> ReadAsync(string uid, RuntimePod previous, CancellationToken cancellation)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [RuntimeLabels.PodUid] = uid };
        var sandboxes = await runtime.ListPodSandboxesAsync(new PodSandboxFilter { LabelSelector = labels }, cancellation);
        var containers = await runtime.ListContainersAsync(new ContainerFilter { LabelSelector = labels }, cancellation);
        var sandboxStatuses = new List<PodSandboxStatus>(sandboxes.Count);
        foreach (var sandbox in sandboxes)
        {
            if (await SandboxAsync(sandbox, previous, cancellation) is { } status)
                sandboxStatuses.Add(status);
        }

        var statuses = new List<Runtime.ContainerStatus>(containers.Count);
        foreach (var container in containers)
        {
            if (await ContainerAsync(container, previous, cancellation) is { } status)
                statuses.Add(status);
        }

        sandboxStatuses.Sort(static (a, b) => (b.Metadata.Attempt, b.CreatedAt).CompareTo((a.Metadata.Attempt, a.CreatedAt)));
        statuses.Sort(static (a, b) => (b.Metadata.Attempt, b.CreatedAt).CompareTo((a.Metadata.Attempt, a.CreatedAt)));
        return new RuntimePod(uid, sandboxStatuses, statuses)
        {
            SandboxIds = containers.ToDictionary(c => c.Id, c => c.PodSandboxId, StringComparer.Ordinal),
        };
    }

    private async Task<PodSandboxStatus?> SandboxAsync(PodSandbox sandbox, RuntimePod previous, CancellationToken cancellation)
    {
        foreach (var known in previous.Sandboxes)
        {
            if (known.Id == sandbox.Id && known.State == sandbox.State && known.IpAddresses.Count > 0)
                return known;
        }

        try
        {
            return await runtime.PodSandboxStatusAsync(sandbox.Id, cancellation);
        }
        catch (RuntimeException e) when (e.Code == RuntimeErrorCode.NotFound)
        {
            return null;
        }
    }

    private async Task<Runtime.ContainerStatus?> ContainerAsync(
        Runtime.Container container, RuntimePod previous, CancellationToken cancellation)
    {
        foreach (var known in previous.Containers)
        {
            if (known.Id == container.Id && known.State == container.State)
                return known;
        }

        try
        {
            return await runtime.ContainerStatusAsync(container.Id, cancellation);
        }
        catch (RuntimeException e) when (e.Code == RuntimeErrorCode.NotFound)
        {
            return null;
        }
    }
}
