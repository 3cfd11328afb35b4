namespace Xebec.Store.Sqlite.Writing;

/// <summary>Where requests wait for the writer thread, which takes all that came while it committed the ones before.</summary>
internal sealed class Inbox
{
    private readonly object _gate = new();
    private List<WriteRequest> _waiting = [];
    private bool _closed;

    public void Add(WriteRequest request)
    {
        lock (_gate)
        {
            if (_closed)
                throw new StoreUnavailableException("the store is closed");
            _waiting.Add(request);
            if (_waiting.Count == 1)
                Monitor.Pulse(_gate);
        }
    }

    /// <summary>Swaps an emptied list for what waits, blocking for the first one if asked to. False: closed and nothing left.</summary>
    public bool Take(ref List<WriteRequest> requests, bool wait)
    {
        requests.Clear();
        lock (_gate)
        {
            while (wait && _waiting.Count == 0 && !_closed)
                Monitor.Wait(_gate);
            (requests, _waiting) = (_waiting, requests);
            return requests.Count > 0 || !_closed;
        }
    }

    /// <summary>Refuses further requests; those that wait are still carried out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }
}
