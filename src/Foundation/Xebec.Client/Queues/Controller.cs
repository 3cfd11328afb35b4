using Microsoft.Extensions.Logging;

namespace Xebec.Client.Queues;

/// <summary>Runs workers that take keys from a queue and reconcile them; a failure is logged and retried with back-off, for ever.</summary>
public sealed class Controller<TKey>(
    string name, WorkQueue<TKey> queue, Func<TKey, CancellationToken, Task<ReconcileResult>> reconcile, ILogger logger, int workers = 5)
    where TKey : notnull
{
    /// <summary>Works until cancelled; then the keys being worked on are finished or abandoned by their own cancellation.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var stop = cancellation.Register(queue.ShutDown);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(cancellation), CancellationToken.None)));
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var (taken, key) = await queue.TakeAsync(CancellationToken.None);
            if (!taken)
                return;
            await ReconcileAsync(key, cancellation);
            queue.Done(key);
        }
    }

    private async Task ReconcileAsync(TKey key, CancellationToken cancellation)
    {
        try
        {
            var result = await reconcile(key, cancellation);
            queue.Forget(key);
            if (result.RequeueAfter is { } delay)
                queue.AddAfter(key, delay);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            queue.AddRateLimited(key);
            Log(e, key);
        }
    }

    private void Log(Exception e, TKey key)
    {
        var text = key.ToString() ?? "";
        if (e is ApiErrorException { IsConflict: true })
            ControllerLog.Conflict(logger, name, text, e.Message);
        else if (e is ApiErrorException or HttpRequestException or TimeoutException)
            ControllerLog.Refused(logger, name, text, queue.NumRequeues(key), e.Message);
        else
            ControllerLog.Failed(logger, e, name, text, queue.NumRequeues(key));
    }
}
