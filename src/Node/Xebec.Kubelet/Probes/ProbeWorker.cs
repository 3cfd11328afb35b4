using Microsoft.Extensions.Logging;
using Xebec.Kubelet.Events;
using Xebec.Kubelet.PodWorkers;

namespace Xebec.Kubelet.Probes;

/// <summary>Probes one container again and again and says when the outcome changes.</summary>
internal sealed class ProbeWorker : IDisposable
{
    private readonly ProbeTarget _target;
    private readonly Prober _prober;
    private readonly ProbeResults _results;
    private readonly KubeletEvents _events;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Action<ProbeKind, ProbeOutcome> _changed;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private ProbeThreshold _threshold;
    private int _busy;

    public ProbeWorker(
        ProbeTarget target, Prober prober, ProbeResults results, KubeletEvents events, TimeProvider time, ILogger logger,
        Action<ProbeKind, ProbeOutcome> changed)
    {
        _target = target;
        _prober = prober;
        _results = results;
        _events = events;
        _logger = logger;
        _time = time;
        _changed = changed;
        var startedAt = target.Status.StartedAt ?? time.GetUtcNow();
        var first = startedAt.AddSeconds(target.Probe.InitialDelaySeconds) - time.GetUtcNow();
        _timer = time.CreateTimer(
            static worker => _ = ((ProbeWorker)worker!).TickAsync(), this, first > TimeSpan.Zero ? first : TimeSpan.Zero, Period);
    }

    private TimeSpan Period => TimeSpan.FromSeconds(_target.Probe.PeriodSeconds <= 0 ? 10 : _target.Probe.PeriodSeconds);

    public void Dispose()
    {
        _stop.Cancel();
        _timer.Dispose();
    }

    private bool MustWait()
    {
        if (_target.Kind == ProbeKind.Startup)
            return _results.Startup(_target.Status.Id) == ProbeOutcome.Success;
        return _target.Container.StartupProbe is not null && _results.Startup(_target.Status.Id) != ProbeOutcome.Success;
    }

    private async Task TickAsync()
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            return;
        try
        {
            if (_stop.IsCancellationRequested)
                return;
            if (MustWait())
                await WaitForStartupAsync();
            else
                await ProbeAsync();
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            KubeletLog.LoopFailed(_logger, "probe", e.Message);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>A startup probe that succeeded is over; the others look again soon, so that readiness follows at once.</summary>
    private Task WaitForStartupAsync()
    {
        if (_target.Kind == ProbeKind.Startup)
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(TimeSpan.FromSeconds(1), Period);
        return Task.CompletedTask;
    }

    private async Task ProbeAsync()
    {
        var result = await _prober.ProbeAsync(_target, _stop.Token);
        if (_stop.IsCancellationRequested)
            return;
        if (!result.Succeeded)
            ReportFailure(result.Output);
        (_threshold, var outcome) = _threshold.Add(result.Succeeded, _target.Probe.SuccessThreshold, _target.Probe.FailureThreshold);
        if (outcome is { } known && _results.Set(_target.Status.Id, _target.Kind, known))
            _changed(_target.Kind, known);
    }

    private void ReportFailure(string output)
    {
        var kind = _target.Kind.ToString();
        KubeletLog.ProbeFailed(_logger, kind, PodText.Name(_target.Pod), _target.Container.Name, output);
        _events.Warning(
            _target.Pod, "Unhealthy", $"{kind} probe failed: {output}", PodContainers.FieldPath(
                _target.Container.Name, _target.ContainerKind));
    }
}
