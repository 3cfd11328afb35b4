using Microsoft.Extensions.Logging;
using Xebec.Api;
using Xebec.Api.Coordination.V1;

namespace Xebec.Client.LeaderElection;

/// <summary>Lets one of several competitors work at a time, by a Lease that the leader renews.</summary>
public sealed class LeaderElector(ApiClient client, LeaderElectionOptions options, TimeProvider time, ILogger logger)
{
    private const double JitterFactor = 1.2;
    private Lease? _observed;
    private long _observedAt;

    /// <summary>Whether this competitor leads now.</summary>
    public bool IsLeader { get; private set; }

    /// <summary>
    /// Waits for the lead, then runs the work; its token is cancelled when the lead is lost or given up. Competes again after a
    /// loss, until cancelled; the lease is released at the end.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            if (await TryRenewAsync(options.RenewDeadline, cancellation))
                await LeadAsync(lead, started, cancellation);
            else
                await WaitAsync(cancellation);
        }
    }

    private async Task LeadAsync(Func<CancellationToken, Task> lead, long acquired, CancellationToken cancellation)
    {
        IsLeader = true;
        LeaderElectionLog.Leading(logger, options.Name, options.Identity);
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = Task.Run(() => lead(leading.Token), CancellationToken.None);
        try
        {
            await RenewAsync(work, acquired, cancellation);
        }
        finally
        {
            IsLeader = false;
            await leading.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReleaseAsync();
        }

        await work.WaitAsync(TimeSpan.Zero, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsFaulted)
            LeaderElectionLog.WorkFailed(logger, work.Exception!, options.Name);
    }

    private async Task RenewAsync(Task work, long acquired, CancellationToken cancellation)
    {
        var renewed = acquired;
        while (!cancellation.IsCancellationRequested && !work.IsCompleted && time.GetElapsedTime(renewed) < options.RenewDeadline)
        {
            await Task.WhenAny(work, Task.Delay(options.RetryPeriod, time, cancellation));
            var started = time.GetTimestamp();
            if (await TryRenewAsync(options.RenewDeadline - time.GetElapsedTime(renewed), cancellation))
                renewed = started;
            else if (_observed is { } lease && lease.Spec.HolderIdentity != options.Identity)
                break;
        }

        LeaderElectionLog.Stopped(logger, options.Name, options.Identity);
    }

    // An answer that does not come must not keep the lead beyond its deadline: others take it over then. After a pause of the whole
    // process the deadline is over already, and one short try tells whether somebody did.
    private async Task<bool> TryRenewAsync(TimeSpan left, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(left > options.RetryPeriod ? left : options.RetryPeriod, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        return await TryAcquireOrRenewAsync(either.Token);
    }

    private Task WaitAsync(CancellationToken cancellation)
    {
        var wait = options.RetryPeriod * (1 + (JitterFactor * Random.Shared.NextDouble()));
        return Task.Delay(wait, time, cancellation)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task<bool> TryAcquireOrRenewAsync(CancellationToken cancellation)
    {
        try
        {
            Observe(await ReadAsync(cancellation));
            if (_observed is null)
            {
                Observe(await client.CreateAsync(NewLease(), null, cancellation));
                return true;
            }

            if (!LeaseRecord.MayTake(_observed.Spec, time.GetElapsedTime(_observedAt), options))
                return false;
            var taken = _observed.DeepClone();
            taken.Spec = LeaseRecord.Held(_observed.Spec, options, time.GetUtcNow());
            Observe(await client.UpdateAsync(taken, null, cancellation));
            return true;
        }
        catch (Exception e) when (
            e is ApiErrorException or HttpRequestException or TimeoutException or OperationCanceledException or IOException)
        {
            LeaderElectionLog.NotTaken(logger, options.Name, e.Message);
            return false;
        }
    }

    private async Task<Lease?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await client.GetAsync<Lease>(options.Namespace, options.Name, cancellation);
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    private void Observe(Lease? lease)
    {
        if (_observed is null || !ApiJson.ContentEquals(_observed.Spec, lease?.Spec))
            _observedAt = time.GetTimestamp();
        _observed = lease;
    }

    private Lease NewLease()
    {
        var lease = new Lease { Spec = LeaseRecord.Held(null, options, time.GetUtcNow()) };
        lease.Metadata.Name = options.Name;
        lease.Metadata.Namespace = options.Namespace;
        return lease;
    }

    private async Task ReleaseAsync()
    {
        if (_observed is not { } lease || lease.Spec.HolderIdentity != options.Identity)
            return;
        try
        {
            var released = lease.DeepClone();
            released.Spec = LeaseRecord.Released(lease.Spec, time.GetUtcNow());
            using var deadline = new CancellationTokenSource(options.RenewDeadline, time);
            Observe(await client.UpdateAsync(released, null, deadline.Token));
        }
        catch (Exception e) when (
            e is ApiErrorException or HttpRequestException or TimeoutException or IOException or OperationCanceledException)
        {
            LeaderElectionLog.NotTaken(logger, options.Name, e.Message);
        }
    }
}
