namespace Xebec.Proxy.Rules;

/// <summary>Orders endpoints by address bytes, then port, so that a rebuilt list changes as few elements as possible.</summary>
internal sealed class EndpointAddressOrder : IComparer<EndpointAddress>
{
    public static readonly EndpointAddressOrder Instance = new();

    public int Compare(EndpointAddress x, EndpointAddress y)
    {
        Span<byte> left = stackalloc byte[16], right = stackalloc byte[16];
        x.Address.TryWriteBytes(left, out var leftLength);
        y.Address.TryWriteBytes(right, out var rightLength);
        var order = left[..leftLength].SequenceCompareTo(right[..rightLength]);
        return order != 0 ? order : x.Port.CompareTo(y.Port);
    }
}
