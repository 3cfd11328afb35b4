using System.Net;
using Xebec.Dns.Messages;
using Xebec.Dns.Records;

namespace Xebec.Dns.Zones;

/// <summary>Answers a name at or below a Service that is not an external name.</summary>
internal readonly struct ClusterAnswer
{
    private readonly ServiceRecords _service;
    private readonly DnsQuery _query;
    private readonly string _domain;

    public ClusterAnswer(ServiceRecords service, in DnsQuery query, string domain)
    {
        _service = service;
        _query = query;
        _domain = domain;
    }

    /// <summary>True if a record of <paramref name="type"/> can hold the address.</summary>
    public static bool Matches(ushort type, IPAddress address) =>
        type == DnsType.Any || type == (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa);

    /// <summary>True if the name exists; <paramref name="prefix"/> is what stands before the Service in it.</summary>
    public bool Write(scoped ReadOnlySpan<char> name, scoped ReadOnlySpan<char> prefix, scoped ref DnsWriter writer)
    {
        if (_service.IsHeadless && _service.Endpoints.IsEmpty) return false;
        if (prefix.IsEmpty) return WriteService(name, ref writer);
        if (prefix[0] == '_') return WritePorts(name, prefix, ref writer);
        return _service.IsHeadless && WriteHost(name, prefix, ref writer);
    }

    private bool WriteService(scoped ReadOnlySpan<char> name, scoped ref DnsWriter writer)
    {
        if (_query.Type == DnsType.Srv) WriteServices(name, default, default, ref writer);
        foreach (var address in _service.ClusterIPs) WriteIfMatches(name, address, ref writer);

        // The query's id is as good as chance: clients that take the first address are spread over all.
        var count = _service.Endpoints.Length;
        for (var i = 0; i < count; i++)
        {
            var address = _service.Endpoints[(i + _query.Id) % count].Address;
            if (Matches(_query.Type, address) && !writer.WriteAddress(DnsSection.Answer, name, ClusterZone.TtlSeconds, address)) break;
        }

        return true;
    }

    private bool WriteHost(scoped ReadOnlySpan<char> name, scoped ReadOnlySpan<char> prefix, scoped ref DnsWriter writer)
    {
        var exists = false;
        foreach (var endpoint in _service.Endpoints)
        {
            if (!prefix.SequenceEqual(endpoint.Hostname)) continue;
            exists = true;
            WriteIfMatches(name, endpoint.Address, ref writer);
        }

        return exists;
    }

    private bool WritePorts(scoped ReadOnlySpan<char> name, scoped ReadOnlySpan<char> prefix, scoped ref DnsWriter writer)
    {
        var dot = prefix.IndexOf('.');
        var protocol = prefix[(dot + 1)..];
        if (protocol is not ("_tcp" or "_udp" or "_sctp")) return false;
        if (dot < 0) return true;
        return WriteServices(name, prefix[1..dot], protocol[1..], ref writer);
    }

    // Without a port name: all ports. True if there was one.
    private bool WriteServices(scoped ReadOnlySpan<char> name, scoped ReadOnlySpan<char> port, scoped ReadOnlySpan<char> protocol, scoped ref DnsWriter writer)
    {
        Span<char> buffer = stackalloc char[DnsWire.MaxNameLength];
        var found = false;
        if (!_service.IsHeadless)
        {
            var target = Target(buffer, "");
            foreach (var candidate in _service.Ports) found |= WriteOne(name, candidate, port, protocol, target, 100, ref writer);
            if (found) WriteAdditional(target, _service.ClusterIPs.AsSpan(), ref writer);
            return found;
        }

        var weight = (ushort)Math.Max(1, 100 / _service.Endpoints.Length);
        foreach (var endpoint in _service.Endpoints)
        {
            var target = Target(buffer, endpoint.Hostname);
            foreach (var candidate in endpoint.Ports) found |= WriteOne(name, candidate, port, protocol, target, weight, ref writer);
        }

        if (!found) return false;
        foreach (var endpoint in _service.Endpoints) WriteAdditional(Target(buffer, endpoint.Hostname), [endpoint.Address], ref writer);
        return true;
    }

    // Kubernetes keeps labels so short that the name always fits.
    private ReadOnlySpan<char> Target(Span<char> buffer, string hostname)
    {
        var dot = hostname.Length == 0 ? "" : ".";
        return buffer.TryWrite($"{hostname}{dot}{_service.Name}.svc.{_domain}", out var length) ? buffer[..length] : [];
    }

    private bool WriteOne(scoped ReadOnlySpan<char> name, ServicePortRecord candidate, scoped ReadOnlySpan<char> port,
        scoped ReadOnlySpan<char> protocol, scoped ReadOnlySpan<char> target, ushort weight, scoped ref DnsWriter writer)
    {
        if (!port.IsEmpty && (!port.SequenceEqual(candidate.Name) || !protocol.SequenceEqual(candidate.Protocol))) return false;
        if (_query.Type is DnsType.Srv or DnsType.Any)
        {
            writer.WriteService(DnsSection.Answer, name, ClusterZone.TtlSeconds, weight, candidate.Port, target);
        }

        return true;
    }

    private void WriteAdditional(scoped ReadOnlySpan<char> target, scoped ReadOnlySpan<IPAddress> addresses, scoped ref DnsWriter writer)
    {
        if (_query.Type != DnsType.Srv) return;
        foreach (var address in addresses) writer.WriteAddress(DnsSection.Additional, target, ClusterZone.TtlSeconds, address);
    }

    private void WriteIfMatches(scoped ReadOnlySpan<char> name, IPAddress address, scoped ref DnsWriter writer)
    {
        if (Matches(_query.Type, address)) writer.WriteAddress(DnsSection.Answer, name, ClusterZone.TtlSeconds, address);
    }
}
