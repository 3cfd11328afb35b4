using Microsoft.AspNetCore.Http;

namespace Xebec.ApiServer;

/// <summary>Counts the in-process requests that run, watches included, so that a server that stops can wait until they have ended.</summary>
internal sealed class InProcessRequests(RequestDelegate pipeline)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    /// <summary>Completes when none of those that run now runs any more.</summary>
    public Task Ended
    {
        get
        {
            lock (_lock)
                return _running == 0 ? Task.CompletedTask : _ended.Task;
        }
    }

    /// <summary>Serves a request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        lock (_lock)
            _running++;
        try
        {
            await pipeline(http);
        }
        finally
        {
            lock (_lock)
            {
                if (--_running == 0)
                {
                    _ended.SetResult();
                    _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
    }
}
