using System.Buffers.Binary;
using System.Net;

namespace Xebec.Kubelet.Runtime.Fake;

/// <summary>
/// Hands out the IPv4 addresses of a network, the lowest free one first; the network's own, the first and the last are kept back.
/// </summary>
internal sealed class FakePodAddresses
{
    private readonly uint _first;
    private readonly uint _last;
    private readonly HashSet<uint> _used = [];
    private uint _next;

    public FakePodAddresses(IPNetwork network)
    {
        var start = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());
        _first = _next = start + 2;
        _last = start + (uint)((1UL << (32 - network.PrefixLength)) - 2);
    }

    public string Take()
    {
        while (_next <= _last && _used.Contains(_next))
            _next++;
        if (_next > _last)
            throw new RuntimeException(RuntimeErrorCode.ResourceExhausted, "no IP addresses available in the pod network");
        _used.Add(_next);
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, _next);
        return new IPAddress(bytes).ToString();
    }

    public void Release(string address)
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(address).GetAddressBytes());
        _used.Remove(number);
        _next = Math.Max(_first, Math.Min(_next, number));
    }
}
