using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xebec.Kubelet.Events;
using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.PodWorkers;

namespace Xebec.Kubelet.Probes;

/// <summary>Keeps one prober for each probe of each running container.</summary>
internal sealed class ProbeManager(
    ProbeResults results, Prober prober, KubeletEvents events, TimeProvider time, ILogger logger, Action<string, ProbeKind,
        ProbeOutcome> changed)
{
    private readonly ConcurrentDictionary<string, Dictionary<(string ContainerId, ProbeKind Kind), ProbeWorker>> _pods = new(
        StringComparer.Ordinal);

    /// <summary>Starts the probers of containers that run and stops those of others.</summary>
    public void Update(Pod pod, RuntimePod observed, bool onlyReadiness)
    {
        var wanted = Wanted(pod, observed, onlyReadiness);
        if (wanted.Count == 0 && !_pods.ContainsKey(pod.Metadata.Uid))
            return;
        var workers = _pods.GetOrAdd(pod.Metadata.Uid, static _ => []);
        lock (workers)
        {
            foreach (var key in workers.Keys.Where(key => !wanted.ContainsKey(key)).ToList())
            {
                workers.Remove(key, out var stopped);
                stopped!.Dispose();
                results.Remove(key.ContainerId, key.Kind);
            }

            foreach (var (key, start) in wanted)
            {
                if (!workers.ContainsKey(key))
                    workers.Add(key, start());
            }
        }

        if (wanted.Count == 0)
            _pods.TryRemove(pod.Metadata.Uid, out _);
    }

    public void Remove(string podUid)
    {
        if (!_pods.TryRemove(podUid, out var workers))
            return;
        lock (workers)
        {
            foreach (var (key, worker) in workers)
            {
                worker.Dispose();
                results.Remove(key.ContainerId, key.Kind);
            }
        }
    }

    private Dictionary<(string, ProbeKind), Func<ProbeWorker>> Wanted(Pod pod, RuntimePod observed, bool onlyReadiness)
    {
        var wanted = new Dictionary<(string, ProbeKind), Func<ProbeWorker>>();
        foreach (var (container, kind) in PodContainers.All(pod))
        {
            if (kind == ContainerKind.Ephemeral || observed.Newest(container.Name) is not { State: Runtime.ContainerState.Running } status)
                continue;
            if (container.ReadinessProbe is { } readiness)
                Want(ProbeKind.Readiness, readiness);
            if (container.LivenessProbe is { } liveness && !onlyReadiness)
                Want(ProbeKind.Liveness, liveness);
            if (container.StartupProbe is { } startup && !onlyReadiness)
                Want(ProbeKind.Startup, startup);

            void Want(ProbeKind probeKind, Probe probe) => wanted[(status.Id, probeKind)] =
                () => Start(new ProbeTarget(pod, container, kind, status, probe, probeKind, observed.IpAddresses));
        }

        return wanted;
    }

    private ProbeWorker Start(ProbeTarget target)
    {
        AdoptResult(target);
        return new ProbeWorker(
            target, prober, results, events, time, logger, (kind, outcome) => changed(target.Pod.Metadata.Uid, kind, outcome));
    }

    /// <summary>After a restart of this process, a container is what the API says until a probe says otherwise.</summary>
    private void AdoptResult(ProbeTarget target)
    {
        var statuses = target.Pod.Status.ContainerStatuses.Concat(target.Pod.Status.InitContainerStatuses);
        var known = statuses.FirstOrDefault(s => s.ContainerID.EndsWith(target.Status.Id, StringComparison.Ordinal));
        if (known is null || results.Get(target.Status.Id, target.Kind) != ProbeOutcome.Unknown)
            return;
        if ((target.Kind == ProbeKind.Readiness && known.Ready) || (target.Kind == ProbeKind.Startup && known.Started == true))
            results.Set(target.Status.Id, target.Kind, ProbeOutcome.Success);
    }
}
