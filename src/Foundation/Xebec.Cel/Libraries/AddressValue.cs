using System.Net;
using System.Net.Sockets;
using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>An IP address.</summary>
internal sealed class AddressValue(IPAddress address) : CelOpaque(LibraryTypes.Ip)
{
    public IPAddress Address { get; } = address;

    internal override long? Size => Address.AddressFamily == AddressFamily.InterNetwork ? 4 : 16;

    internal override bool EqualTo(CelValue other) => other is AddressValue theirs && theirs.Address.Equals(Address);

    public override string ToString() => Address.ToString();
}
