using System.Net;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>An address with the length of its network's prefix.</summary>
internal sealed class CidrValue(IPAddress address, int prefixLength) : CelOpaque(LibraryTypes.Cidr)
{
    public IPAddress Address { get; } = address;

    public int PrefixLength { get; } = prefixLength;

    internal override long? Size => (PrefixLength + 7) / 8;

    public CidrValue Masked()
    {
        var bytes = Address.GetAddressBytes();
        for (var bit = PrefixLength; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new CidrValue(new IPAddress(bytes), PrefixLength);
    }

    public bool Contains(IPAddress other) =>
        other.AddressFamily == Address.AddressFamily && new CidrValue(other, PrefixLength).Masked().Address.Equals(Masked().Address);

    internal override bool EqualTo(CelValue other) =>
        other is CidrValue theirs && theirs.PrefixLength == PrefixLength && theirs.Address.Equals(Address);

    public override string ToString() => $"{Address}/{PrefixLength}";
}
