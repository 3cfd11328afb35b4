namespace Xebec.Dns.Messages;

/// <summary>The fixed part of a query; its name is text in the caller's buffer.</summary>
internal struct DnsQuery
{
    public ushort Id;
    public ushort Flags;
    public ushort Type;
    public ushort Class;

    /// <summary>Characters of the name: lower case, dots between labels, none at the end.</summary>
    public int NameLength;

    /// <summary>Bytes of the question section, which begins after the header; 0 if it could not be read.</summary>
    public int QuestionLength;

    public bool HasEdns;
    public byte EdnsVersion;
    public ushort UdpPayloadLength;
    public bool DnssecOk;

    /// <summary>How long a response over UDP may be.</summary>
    public readonly int UdpLimit =>
        HasEdns ? Math.Clamp((int)UdpPayloadLength, DnsWire.PlainUdpLength, DnsWire.EdnsUdpLength) : DnsWire.PlainUdpLength;
}
