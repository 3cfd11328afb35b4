namespace Xebec.ApiServer.Registry.Core.Allocation;

/// <summary>
/// The node ports in use, whatever their protocol, kept in memory and rebuilt from the stored Services at start. One Service may use a
/// port for several protocols, two Services may not share it.
/// </summary>
internal sealed class PortPool(int first, int last)
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _used = [];

    /// <summary>Whether a port is one of the range's.</summary>
    public bool Contains(long port) => port >= first && port <= last;

    /// <summary>The range, for messages.</summary>
    public string Range => $"{first}-{last}";

    /// <summary>Marks a port as used; false when it already is.</summary>
    public bool TryTake(int port)
    {
        lock (_lock)
            return _used.Add(port);
    }

    /// <summary>Takes a free port; 0 when there is none.</summary>
    public int Take()
    {
        lock (_lock)
        {
            var size = last - first + 1;
            var start = Random.Shared.Next(size);
            for (var i = 0; i < size; i++)
            {
                var port = first + (start + i) % size;
                if (_used.Add(port))
                    return port;
            }

            return 0;
        }
    }

    /// <summary>Gives a port back.</summary>
    public void Release(int port)
    {
        lock (_lock)
            _used.Remove(port);
    }
}
