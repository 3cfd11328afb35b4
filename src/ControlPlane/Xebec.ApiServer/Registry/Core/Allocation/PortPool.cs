namespace Xebec.ApiServer.Registry.Core.Allocation;

/// <summary>The node ports in use, by protocol and port, kept in memory and rebuilt from the stored Services at start.</summary>
internal sealed class PortPool(int first, int last)
{
    private readonly Lock _lock = new();
    private readonly HashSet<(string Protocol, int Port)> _used = [];

    /// <summary>Whether a port is one of the range's.</summary>
    public bool Contains(long port) => port >= first && port <= last;

    /// <summary>The range, for messages.</summary>
    public string Range => $"{first}-{last}";

    /// <summary>Marks a port as used; false when it already is.</summary>
    public bool TryTake(string protocol, int port)
    {
        lock (_lock)
            return _used.Add((protocol, port));
    }

    /// <summary>Takes a free port; 0 when there is none.</summary>
    public int Take(string protocol)
    {
        lock (_lock)
        {
            var size = last - first + 1;
            var start = Random.Shared.Next(size);
            for (var i = 0; i < size; i++)
            {
                var port = first + (start + i) % size;
                if (_used.Add((protocol, port)))
                    return port;
            }

            return 0;
        }
    }

    /// <summary>Gives a port back.</summary>
    public void Release(string protocol, int port)
    {
        lock (_lock)
            _used.Remove((protocol, port));
    }
}
