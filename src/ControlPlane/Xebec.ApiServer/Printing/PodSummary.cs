using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Printing;

/// <summary>What a pod's containers come to: how many are ready, one word for the state, how often they were restarted.</summary>
internal sealed class PodSummary
{
    private readonly ObjectValue _pod;
    private readonly HashSet<string> _sidecars;
    private DateTimeOffset _lastRestart = DateTimeOffset.MinValue;
    private DateTimeOffset _lastSidecarRestart = DateTimeOffset.MinValue;
    private long _sidecarRestarts;

    public PodSummary(ObjectValue pod)
    {
        _pod = pod;
        _sidecars = [.. pod.Items("spec", "initContainers").Where(c => c.Text("restartPolicy") == "Always").Select(c => c.Text("name"))];
        Total = pod.CountAt("spec", "containers") + _sidecars.Count;
        State = pod.Text("status", "reason").Or(pod.Text("status", "phase"));
        if (pod.Condition("PodScheduled").Text("reason") == "SchedulingGated")
            State = "SchedulingGated";
        if (!ReadInitContainers() || pod.HasCondition("Initialized"))
            ReadContainers();
        ReadDeletion();
    }

    /// <summary>Containers ready.</summary>
    public int Ready { get; private set; }

    /// <summary>Containers that are to run on: sidecars count, other init containers do not.</summary>
    public int Total { get; }

    /// <summary>For example Running, Init:0/1, CrashLoopBackOff, Terminating.</summary>
    public string State { get; private set; }

    /// <summary>Restarts of the containers that matter now.</summary>
    public long Restarts { get; private set; }

    /// <summary>The restarts and, when it is known, how long ago the last one was.</summary>
    public string RestartText(DateTimeOffset now) => Restarts == 0 || _lastRestart == DateTimeOffset.MinValue
        ? $"{Restarts}"
        : $"{Restarts} ({HumanDuration.Format(now - _lastRestart)} ago)";

    // True while an init container has still to come to its end.
    private bool ReadInitContainers()
    {
        var position = -1;
        foreach (var status in _pod.Items("status", "initContainerStatuses"))
        {
            position++;
            var sidecar = _sidecars.Contains(status.Text("name"));
            CountRestarts(status, sidecar);
            var terminated = status.At("state", "terminated");
            if (terminated is not null && terminated.Number("exitCode") == 0)
                continue;
            if (sidecar && status.Flag("started"))
            {
                Ready += status.Flag("ready") ? 1 : 0;
                continue;
            }

            State = InitState(status, terminated, position);
            return true;
        }

        return false;
    }

    private string InitState(ObjectValue status, Value? terminated, int position)
    {
        if (terminated is not null)
            return "Init:" + EndOf(terminated);
        var waiting = status.Text("state", "waiting", "reason");
        return waiting is "" or "PodInitializing" ? $"Init:{position}/{_pod.CountAt("spec", "initContainers")}" : "Init:" + waiting;
    }

    private void CountRestarts(ObjectValue status, bool sidecar)
    {
        var restarts = status.Number("restartCount");
        var ended = LastEnd(status);
        Restarts += restarts;
        _lastRestart = Later(_lastRestart, ended);
        if (!sidecar)
            return;
        _sidecarRestarts += restarts;
        _lastSidecarRestart = Later(_lastSidecarRestart, ended);
    }

    private void ReadContainers()
    {
        (Restarts, _lastRestart) = (_sidecarRestarts, _lastSidecarRestart);
        var running = false;
        foreach (var status in _pod.Items("status", "containerStatuses").Reverse())
        {
            Restarts += status.Number("restartCount");
            _lastRestart = Later(_lastRestart, LastEnd(status));
            if (status.Text("state", "waiting", "reason") is { Length: > 0 } waiting)
            {
                State = waiting;
            }
            else if (status.At("state", "terminated") is { } terminated)
            {
                State = EndOf(terminated);
            }
            else if (status.Flag("ready") && status.At("state", "running") is not null)
            {
                running = true;
                Ready++;
            }
        }

        if (State == "Completed" && running)
            State = _pod.HasCondition("Ready") ? "Running" : "NotReady";
    }

    private void ReadDeletion()
    {
        if (_pod.Text("metadata", "deletionTimestamp").Length == 0)
            return;
        if (_pod.Text("status", "reason") == "NodeLost")
            State = "Unknown";
        else if (_pod.Text("status", "phase") is not ("Succeeded" or "Failed"))
            State = "Terminating";
    }

    private static string EndOf(Value terminated)
    {
        if (terminated.Text("reason") is { Length: > 0 } reason)
            return reason;
        return terminated.Number("signal") is not 0 and var signal ? $"Signal:{signal}" : $"ExitCode:{terminated.Number("exitCode")}";
    }

    private static DateTimeOffset LastEnd(ObjectValue status) =>
        Rfc3339.TryParse(status.Text("lastState", "terminated", "finishedAt"), out var ended) ? ended : DateTimeOffset.MinValue;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
