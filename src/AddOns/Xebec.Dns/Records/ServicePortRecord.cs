namespace Xebec.Dns.Records;

/// <summary>One named port as SRV records show it; <see cref="Protocol"/> is tcp or udp.</summary>
internal sealed record ServicePortRecord(string Name, string Protocol, ushort Port);
