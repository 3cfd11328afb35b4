using Xebec.Kubelet.Pleg;
using Xebec.Kubelet.Probes;
using Xebec.Kubelet.Status;
using Xebec.Kubelet.Volumes;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>
/// Drives one pod, one step at a time, from the last thing that is known of it. It has no thread and no task of its own while
/// there is nothing to do.
/// </summary>
internal sealed class PodWorker : IDisposable
{
    private const int MaximumRounds = 64;
    private const int MaximumCgroupTries = 5;
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RefreshAge = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly NodeServices _services;
    private readonly RuntimePodReader _reader;
    private readonly PodSyncer _syncer;
    private readonly ProbeManager _probes;
    private readonly Action<PodWorker> _gone;
    private readonly CancellationToken _stopping;
    private readonly ITimer _timer;
    private readonly PodStatusReporter _reporter;
    private Pod _pod;
    private RuntimePod _observed;
    private MountedVolumes? _volumes;
    private string _mountedVersion = "";
    private DateTimeOffset _refreshAt;
    private CancellationTokenSource? _step;
    private WaitReason? _failure;
    private long? _failureGraceSeconds;
    private bool _isApiGone;
    private bool _pending;
    private Task _running = Task.CompletedTask;
    private int _errors;
    private int _cgroupTries;

    public PodWorker(
        NodeServices services, PodSyncer syncer, ProbeManager probes, Pod pod, bool isApiGone, Action<PodWorker> gone,
            CancellationToken stopping)
    {
        _services = services;
        _reader = new RuntimePodReader(services.Runtime);
        _reporter = new PodStatusReporter(services);
        _syncer = syncer;
        _probes = probes;
        _pod = pod;
        _isApiGone = isApiGone;
        _gone = gone;
        _stopping = stopping;
        _observed = RuntimePod.Empty(pod.Metadata.Uid);
        _timer = services.Time.CreateTimer(
            static worker => ((PodWorker)worker!).Signal(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Uid => _pod.Metadata.Uid;

    public Pod Pod => Volatile.Read(ref _pod);

    /// <summary>The last thing read from the runtime.</summary>
    public RuntimePod Observed => Volatile.Read(ref _observed);

    public PodPhaseOfWork Phase { get; private set; }

    /// <summary>Done when the step that runs now has ended.</summary>
    public Task Idle
    {
        get
        {
            lock (_gate)
                return _running;
        }
    }

    /// <summary>Gives it the pod as the API has it now; gone means that the API has it no more.</summary>
    public void Update(Pod pod, bool isApiGone)
    {
        lock (_gate)
        {
            var oldGrace = _pod.Metadata.DeletionGracePeriodSeconds ?? long.MaxValue;
            _pod = pod;
            _isApiGone |= isApiGone;
            var stops = Phase == PodPhaseOfWork.Syncing && (pod.Metadata.DeletionTimestamp is not null || isApiGone);
            var hurries = Phase == PodPhaseOfWork.Terminating && (pod.Metadata.DeletionGracePeriodSeconds ?? long.MaxValue) < oldGrace;
            if (stops || hurries)
                _step?.Cancel();
        }

        Signal();
    }

    /// <summary>Fails the pod: it is stopped and its phase becomes Failed with this reason.</summary>
    public void Fail(WaitReason reason, long? graceSeconds)
    {
        lock (_gate)
        {
            if (_failure is not null || Phase != PodPhaseOfWork.Syncing)
                return;
            (_failure, _failureGraceSeconds) = (reason, graceSeconds);
            _step?.Cancel();
        }

        Signal();
    }

    /// <summary>Something about the pod may have changed: look soon.</summary>
    public void Signal()
    {
        lock (_gate)
        {
            _pending = true;
            if (!_running.IsCompleted || _stopping.IsCancellationRequested)
                return;
            _running = Task.Run(RunAsync);
        }
    }

    /// <summary>Computes the status from what is known now and has it written if it changed.</summary>
    public PodStatus Publish()
    {
        lock (_gate)
            return _reporter.Publish(_pod, _observed, Phase >= PodPhaseOfWork.Terminated, _failure, _isApiGone);
    }

    public void Dispose() => _timer.Dispose();

    private async Task RunAsync()
    {
        while (TakePending())
        {
            using var step = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
            lock (_gate)
                _step = step;
            try
            {
                await StepAsync(step.Token);
                _errors = 0;
            }
            catch (OperationCanceledException) when (step.IsCancellationRequested)
            {
                Again(TimeSpan.Zero);
            }
            catch (Exception e)
            {
                KubeletLog.SyncFailed(_services.Logger, PodText.Name(_pod), Uid, e.Message);
                Again(TimeSpan.FromSeconds(Math.Min(10, 1 << Math.Min(_errors++, 4))));
            }
            finally
            {
                lock (_gate)
                    _step = null;
            }
        }
    }

    private bool TakePending()
    {
        lock (_gate)
        {
            if (_pending && !_stopping.IsCancellationRequested && Phase != PodPhaseOfWork.Gone)
            {
                _pending = false;
                return true;
            }

            _running = Task.CompletedTask;
            return false;
        }
    }

    private void Again(TimeSpan after)
    {
        if (after > TimeSpan.Zero)
        {
            _timer.Change(after, Timeout.InfiniteTimeSpan);
            return;
        }

        lock (_gate)
            _pending = true;
    }

    private async Task StepAsync(CancellationToken cancellation)
    {
        if (Phase == PodPhaseOfWork.Syncing)
            await SyncAsync(cancellation);
        if (Phase == PodPhaseOfWork.Terminating)
            await TerminateAsync(cancellation);
        if (Phase == PodPhaseOfWork.Terminated)
            CleanUp();
        if (Phase == PodPhaseOfWork.Finished)
            await FinishAsync(cancellation);
    }

    private bool MustStop()
    {
        lock (_gate)
            return _isApiGone || _failure is not null || _pod.Metadata.DeletionTimestamp is not null;
    }

    private async Task SyncAsync(CancellationToken cancellation)
    {
        var failed = new HashSet<string>(StringComparer.Ordinal);
        TimeSpan? retryAfter = null;
        for (var round = 0; round < MaximumRounds; round++)
        {
            await ObserveAsync(cancellation);
            if (MustStop() || IsPastDeadline() || IsTerminal(Publish()))
            {
                Phase = PodPhaseOfWork.Terminating;
                return;
            }

            await PrepareAsync(cancellation);
            var actions = PodActionPlanner.Compute(_pod, _observed, _services.ProbeResults);
            var result = await _syncer.ExecuteAsync(_pod, _observed, actions, _volumes!, _reporter.WaitReasons, failed, cancellation);
            retryAfter = result.RetryAfter ?? retryAfter;
            if (!result.Progress)
                break;
        }

        Publish();
        await _syncer.RemoveOldAsync(_observed, cancellation);
        ScheduleNext(retryAfter);
    }

    private static bool IsTerminal(PodStatus status) => status.Phase is PodPhase.Succeeded or PodPhase.Failed;

    private async Task ObserveAsync(CancellationToken cancellation)
    {
        var observed = await _reader.ReadAsync(Uid, _observed, cancellation);
        Volatile.Write(ref _observed, observed);
        _probes.Update(_pod, observed, onlyReadiness: Phase != PodPhaseOfWork.Syncing);
    }

    private bool IsPastDeadline()
    {
        if (Remaining() is not { } left || left > TimeSpan.Zero)
            return false;
        const string Message = "Pod was active on the node longer than the specified deadline";
        _services.Events.Normal(_pod, "DeadlineExceeded", Message);
        lock (_gate)
            _failure = new WaitReason("DeadlineExceeded", Message);
        return true;
    }

    private TimeSpan? Remaining()
    {
        if (_pod.Spec.ActiveDeadlineSeconds is not { } seconds || _reporter.Previous(_pod).StartTime is not { } start)
            return null;
        return start.AddSeconds(seconds) - _services.Time.GetUtcNow();
    }

    /// <summary>Makes the pod's cgroup and volumes, and renews volumes' content when it is due or the pod changed.</summary>
    private async Task PrepareAsync(CancellationToken cancellation)
    {
        var now = _services.Time.GetUtcNow();
        var version = _pod.Metadata.ResourceVersion;
        if (_volumes is { NeedsRefresh: false } || (_volumes is not null && now < _refreshAt && version == _mountedVersion))
            return;
        try
        {
            _services.Cgroups.Ensure(_pod);
            _volumes = await _services.Volumes.MountAsync(_pod, _volumes is null ? TimeSpan.Zero : RefreshAge, cancellation);
        }
        catch (VolumeException e)
        {
            _services.Events.Warning(_pod, "FailedMount", e.Message);
            if (_volumes is null)
                throw;
        }

        _mountedVersion = version;
        _refreshAt = now + (RefreshPeriod * (1 + (Random.Shared.NextDouble() / 2)));
    }

    private void ScheduleNext(TimeSpan? retryAfter)
    {
        var next = retryAfter ?? TimeSpan.MaxValue;
        if (_volumes is { NeedsRefresh: true } && _refreshAt - _services.Time.GetUtcNow() < next)
            next = _refreshAt - _services.Time.GetUtcNow();
        if (Remaining() is { } left && left < next)
            next = left;
        if (next != TimeSpan.MaxValue)
            _timer.Change(next > TimeSpan.Zero ? next : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task TerminateAsync(CancellationToken cancellation)
    {
        await ObserveAsync(cancellation);
        Publish();
        await _syncer.KillPodAsync(_pod, _observed, GraceSeconds(), cancellation);
        await ObserveAsync(cancellation);
        if (_observed.HasRunningContainer)
        {
            Again(TimeSpan.FromSeconds(1));
            return;
        }

        Phase = PodPhaseOfWork.Terminated;
        Publish();
    }

    private long? GraceSeconds()
    {
        lock (_gate)
        {
            if (_pod.Metadata.DeletionGracePeriodSeconds is { } grace)
                return _isApiGone ? Math.Max(1, grace) : grace;
            return _failureGraceSeconds;
        }
    }

    private void CleanUp()
    {
        _probes.Remove(Uid);
        _services.Volumes.Unmount(Uid);
        if (!_services.Cgroups.Remove(Uid) && ++_cgroupTries < MaximumCgroupTries)
        {
            Again(TimeSpan.FromMilliseconds(100 * _cgroupTries));
            return;
        }

        Phase = PodPhaseOfWork.Finished;
    }

    private async Task FinishAsync(CancellationToken cancellation)
    {
        if (!_isApiGone)
        {
            if (_pod.Metadata.DeletionTimestamp is not null)
                _services.Statuses.SetAndDelete(_pod, Publish());
            return;
        }

        await ObserveAsync(cancellation);
        await _syncer.RemoveAllAsync(_pod, _observed, cancellation);
        _services.Statuses.Forget(Uid);
        _services.Images.Forget(Uid);
        _services.RestartBackOff.Forget(Uid);
        Phase = PodPhaseOfWork.Gone;
        _timer.Dispose();
        _gone(this);
    }
}
