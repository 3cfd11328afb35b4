namespace Xebec.ControllerManager.Pods;

/// <summary>Calls in batches of 1, 2, 4, … so that what would fail a thousand times fails once.</summary>
internal static class SlowStart
{
    /// <summary>How many calls succeeded, and the first error, after which no further batch began.</summary>
    public static async Task<(int Succeeded, Exception? Error)> RunAsync(int count, Func<int, Task> call)
    {
        var done = 0;
        for (var batch = 1; done < count; batch *= 2)
        {
            var size = Math.Min(batch, count - done);
            var calls = Enumerable.Range(done, size).Select(i => Task.Run(() => call(i))).ToArray();
            await Task.WhenAll(calls).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (calls.FirstOrDefault(c => !c.IsCompletedSuccessfully) is { } failed)
                return (done + calls.Count(c => c.IsCompletedSuccessfully),
                    failed.Exception?.InnerException ?? new OperationCanceledException());
            done += size;
        }

        return (done, null);
    }
}
