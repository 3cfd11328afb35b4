namespace Xebec.Host.Demo;

/// <summary>Asks a Service until enough different pods have answered.</summary>
internal sealed class DemoAnswers(Uri url, TimeProvider timeProvider)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <exception cref="HostException">Fewer pods answered within 20 s.</exception>
    public async Task<IReadOnlyList<string>> CollectAsync(int wanted, CancellationToken cancellationToken)
    {
        // Each request on a connection of its own: the Service chooses a pod for each connection.
        using var handler = new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(2) };
        var (answers, started, problem) = (new SortedSet<string>(StringComparer.Ordinal), timeProvider.GetTimestamp(), "");
        while (answers.Count < wanted && timeProvider.GetElapsedTime(started) < Limit)
        {
            try
            {
                answers.Add((await http.GetStringAsync(url, cancellationToken).ConfigureAwait(false)).Trim());
            }
            catch (Exception exception)
                when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                problem = $"; the last failure: {exception.Message}";
                await Task.Delay(Interval, timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }

        if (answers.Count < wanted) throw new HostException($"{answers.Count} of {wanted} pods answered at {url}{problem}");
        return [.. answers];
    }
}
