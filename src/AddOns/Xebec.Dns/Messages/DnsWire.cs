namespace Xebec.Dns.Messages;

/// <summary>Sizes and bits of the wire format.</summary>
internal static class DnsWire
{
    public const int HeaderLength = 12;
    public const int MaxNameLength = 255;
    public const int MaxLabelLength = 63;
    public const int MaxMessageLength = 65535;

    /// <summary>What UDP may carry without EDNS (RFC 1035) and what we offer with it (no fragments, DNS flag day 2020).</summary>
    public const int PlainUdpLength = 512, EdnsUdpLength = 1232;

    public const ushort ClassInternet = 1;
    public const ushort ResponseBit = 0x8000, OpcodeMask = 0x7800, AuthoritativeBit = 0x0400, TruncatedBit = 0x0200;
    public const ushort RecursionDesiredBit = 0x0100, RecursionAvailableBit = 0x0080, CheckingDisabledBit = 0x0010;
    public const byte PointerMask = 0xC0;

    /// <summary>Stands for a byte that no cluster name holds; a dot within a label is one.</summary>
    public const char Foreign = '\uFFFF';
}
