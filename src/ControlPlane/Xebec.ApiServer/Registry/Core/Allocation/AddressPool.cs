using System.Net;

namespace Xebec.ApiServer.Registry.Core.Allocation;

/// <summary>
/// The ClusterIPs in use, kept in memory and rebuilt from the stored Services at start. The lower part of the range is left to
/// addresses that are asked for by name (KEP-3070), so that dynamic ones rarely collide with them.
/// </summary>
internal sealed class AddressPool(IPNetwork range)
{
    private readonly Lock _lock = new();
    private readonly HashSet<uint> _used = [];
    private readonly uint _first = ToNumber(range.BaseAddress) + 1;
    private readonly uint _count = (1u << (32 - range.PrefixLength)) - 2;
    private uint _next;

    /// <summary>Marks an address as used; false when it already is.</summary>
    public bool TryTake(IPAddress address)
    {
        lock (_lock)
            return _used.Add(ToNumber(address));
    }

    /// <summary>Whether an address is one of the range's.</summary>
    public bool Contains(IPAddress address)
    {
        var offset = ToNumber(address) - _first;
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && offset < _count;
    }

    /// <summary>Takes a free address; null when there is none.</summary>
    public IPAddress? Take()
    {
        lock (_lock)
        {
            var reserved = Math.Min(Math.Max(16, _count / 16), 256);
            return Search(reserved, _count) ?? Search(0, reserved);
        }
    }

    /// <summary>Gives an address back.</summary>
    public void Release(IPAddress address)
    {
        lock (_lock)
            _used.Remove(ToNumber(address));
    }

    // Starts at a place that moves on, so that an address just released is not given out again at once.
    private IPAddress? Search(uint from, uint to)
    {
        if (to <= from)
            return null;
        for (uint i = 0; i < to - from; i++)
        {
            var candidate = _first + from + (_next + i) % (to - from);
            if (!_used.Add(candidate))
                continue;
            _next += i + 1 + (uint)Random.Shared.Next(16);
            return ToAddress(candidate);
        }

        return null;
    }

    private static uint ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == 4
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : 0;
    }

    private static IPAddress ToAddress(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
