using System.Collections.Concurrent;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Probes;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>The workers of all pods of the node by uid.</summary>
internal sealed class PodWorkerSet(NodeServices services, PodSyncer syncer, ProbeManager probes, CancellationToken stopping)
{
    private const long OrphanGraceSeconds = 1;
    private readonly ConcurrentDictionary<string, PodWorker> _workers = new(StringComparer.Ordinal);

    public IEnumerable<PodWorker> All => _workers.Values;

    public PodWorker? Find(string uid) => _workers.GetValueOrDefault(uid);

    public PodWorker? Find(string ns, string name)
    {
        foreach (var (_, worker) in _workers)
        {
            if (worker.Pod.Metadata.Name == name && worker.Pod.Metadata.Namespace == ns)
                return worker;
        }

        return null;
    }

    /// <summary>Takes a change of the API: (old, new), new is null for a deleted pod.</summary>
    public void Changed(Pod? old, Pod? pod)
    {
        if (pod is not null)
        {
            pod.Metadata.ManagedFields = [];
            Of(pod, isApiGone: false).Update(pod, isApiGone: false);
        }
        else if (old is not null && _workers.TryGetValue(old.Metadata.Uid, out var worker))
            worker.Update(old, isApiGone: true);
    }

    /// <summary>Stops what the runtime and the host still have of pods that the API does not know.</summary>
    public async Task CleanOrphansAsync(IReadOnlyCollection<string> runtimeUids, CancellationToken cancellation)
    {
        foreach (var uid in runtimeUids)
        {
            if (!_workers.ContainsKey(uid) && await OrphanAsync(uid, cancellation) is { } orphan)
            {
                KubeletLog.CleaningOrphan(services.Logger, uid);
                Of(orphan, isApiGone: true).Signal();
            }
        }

        var onDisk = services.Folders.Exist && Directory.Exists(services.Folders.Pods)
            ? Directory.EnumerateDirectories(services.Folders.Pods).Select(folder => Path.GetFileName(folder)) : [];
        foreach (var uid in onDisk.Concat(services.Cgroups.KnownUids()).Distinct().ToList())
        {
            if (_workers.ContainsKey(uid) || runtimeUids.Contains(uid))
                continue;
            services.Volumes.Unmount(uid);
            services.Cgroups.Remove(uid);
        }
    }

    /// <summary>Done when no worker runs a step; call after stopping.</summary>
    public Task StoppedAsync() => Task.WhenAll(_workers.Values.Select(worker => worker.Idle));

    private PodWorker Of(Pod pod, bool isApiGone) => _workers.GetOrAdd(
        pod.Metadata.Uid,
        (uid, pod) => new PodWorker(services, syncer, probes, pod, isApiGone, worker => _workers.TryRemove(uid, out _), stopping),
        pod);

    /// <summary>A stand-in for a pod that only the runtime knows: its name from the labels, little grace.</summary>
    private async Task<Pod?> OrphanAsync(string uid, CancellationToken cancellation)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [RuntimeLabels.PodUid] = uid };
        var sandboxes = await services.Runtime.ListPodSandboxesAsync(new PodSandboxFilter { LabelSelector = labels }, cancellation);
        if (sandboxes.Count == 0)
            return null;
        var pod = new Pod();
        pod.Metadata.Uid = uid;
        pod.Metadata.Name = sandboxes[0].Metadata.Name;
        pod.Metadata.Namespace = sandboxes[0].Metadata.Namespace;
        pod.Metadata.DeletionTimestamp = services.Time.GetUtcNow();
        pod.Metadata.DeletionGracePeriodSeconds = OrphanGraceSeconds;
        return pod;
    }
}
