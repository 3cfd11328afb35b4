namespace Xebec.ApiServer.Filters;

/// <summary>
/// The time one request has: a token that is cancelled when the client goes or the time is up. Used again for other requests, because
/// a token source and its timer cost more than a small read.
/// </summary>
internal sealed class RequestDeadline
{
    private const long Idle = 0;
    private const long Over = -1;
    private readonly CancellationTokenSource _source = new();
    private CancellationTokenRegistration _client;
    private long _ends;

    /// <summary>Cancelled when the client goes or the time is up.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Cancelled when the client goes, but not when the time is up: the answer that says so is still to be written.</summary>
    public CancellationToken Client { get; private set; }

    /// <summary>The time was up.</summary>
    public bool IsOver => Volatile.Read(ref _ends) == Over;

    /// <summary>Begins a request that ends at a timestamp, or when its client goes.</summary>
    public void Begin(long ends, CancellationToken client)
    {
        Volatile.Write(ref _ends, ends);
        Client = client;
        _client = client.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>Cancels the request when its time is up.</summary>
    public void Check(long now)
    {
        var ends = Volatile.Read(ref _ends);
        if (ends > Idle && ends <= now && Interlocked.CompareExchange(ref _ends, Over, ends) == ends)
            _source.Cancel();
    }

    /// <summary>Ends the request; false when this can't be used again.</summary>
    public bool TryEnd()
    {
        _client.Dispose();
        // One that waits for its next request keeps nothing of the last one in memory.
        (_client, Client) = (default, default);
        return Interlocked.Exchange(ref _ends, Idle) != Over && _source.TryReset();
    }
}
