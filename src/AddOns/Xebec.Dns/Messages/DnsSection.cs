namespace Xebec.Dns.Messages;

/// <summary>Where a record stands in a message; the value is the offset of its count in the header.</summary>
internal enum DnsSection
{
    Answer = 6,
    Authority = 8,
    Additional = 10,
}
