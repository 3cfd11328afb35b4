using System.Net;
using Xebec.Dns.Messages;
using Xebec.Dns.Records;

namespace Xebec.Dns.Zones;

/// <summary>
/// Answers for the cluster's domain as the Kubernetes DNS specification 1.1.0 says: a function of the records and
/// the query, without I/O or allocation.
/// </summary>
internal sealed class ClusterZone(ClusterRecords records, string domain)
{
    /// <summary>How long answers, negative ones too, may be kept.</summary>
    public const uint TtlSeconds = 5;

    private const string Version = "1.1.0";
    private const int MaxAliases = 8;
    private readonly string _suffix = "." + domain;
    private readonly string _serviceSuffix = ".svc." + domain;
    private readonly string _podSuffix = ".pod." + domain;

    /// <summary>Writes the answer for <paramref name="name"/>; <paramref name="target"/> is set for Chase.</summary>
    public ZoneAnswer Answer(scoped ReadOnlySpan<char> name, in DnsQuery query, scoped ref DnsWriter writer, out string? target)
    {
        target = null;
        if (query.Class != DnsWire.ClassInternet) return ZoneAnswer.Forward;
        if (name.SequenceEqual(domain) || name.EndsWith(_suffix, StringComparison.Ordinal))
        {
            writer.SetAuthoritative();
            return Finish(AnswerName(name, query, ref writer, ref target), query, ref writer, target);
        }

        return query.Type == DnsType.Ptr && ReverseName.TryParse(name, out var address) && records.FindPointer(address) is { } pointer
            ? AnswerPointer(name, pointer, ref writer)
            : ZoneAnswer.Forward;
    }

    private ZoneAnswer AnswerPointer(scoped ReadOnlySpan<char> name, string pointer, scoped ref DnsWriter writer)
    {
        writer.SetAuthoritative();
        Span<char> full = stackalloc char[DnsWire.MaxNameLength];
        if (!full.TryWrite($"{pointer}{_serviceSuffix}", out var length)) return ZoneAnswer.Forward;
        writer.WriteName(DnsSection.Answer, name, DnsType.Ptr, TtlSeconds, full[..length]);
        return ZoneAnswer.Complete;
    }

    private ZoneAnswer Finish(bool exists, in DnsQuery query, scoped ref DnsWriter writer, string? target)
    {
        if (target is not null) return ZoneAnswer.Chase;
        if (!exists) writer.Code = DnsResponseCode.NameError;
        if (writer.AnswerCount == 0) writer.WriteAuthority(DnsSection.Authority, domain, TtlSeconds, records.Serial);
        return ZoneAnswer.Complete;
    }

    // True if the name exists, whatever the type.
    private bool AnswerName(scoped ReadOnlySpan<char> name, in DnsQuery query, scoped ref DnsWriter writer, ref string? target)
    {
        if (name.EndsWith(_serviceSuffix, StringComparison.Ordinal)) return AnswerService(name, query, ref writer, ref target);
        if (name.EndsWith(_podSuffix, StringComparison.Ordinal)) return AnswerPod(name, query, ref writer);
        if (name.SequenceEqual(domain))
        {
            if (query.Type is DnsType.Soa or DnsType.Any) writer.WriteAuthority(DnsSection.Answer, domain, TtlSeconds, records.Serial);
            return true;
        }

        var relative = name[..^_suffix.Length];
        if (relative.SequenceEqual("dns-version"))
        {
            if (query.Type is DnsType.Txt or DnsType.Any) writer.WriteText(DnsSection.Answer, name, TtlSeconds, Version);
            return true;
        }

        return relative is "svc" or "pod";
    }

    private bool AnswerPod(scoped ReadOnlySpan<char> name, in DnsQuery query, scoped ref DnsWriter writer)
    {
        var relative = name[..^_podSuffix.Length];
        var dot = relative.IndexOf('.');
        if (dot < 0) return records.HasNamespace(relative);
        if (relative[(dot + 1)..].Contains('.') || !PodName.TryParse(relative[..dot], out var address)) return false;
        if (ClusterAnswer.Matches(query.Type, address)) writer.WriteAddress(DnsSection.Answer, name, TtlSeconds, address);
        return true;
    }

    private bool AnswerService(scoped ReadOnlySpan<char> name, in DnsQuery query, scoped ref DnsWriter writer, ref string? target)
    {
        for (var aliases = 0; ; aliases++)
        {
            scoped var labels = new ServiceLabels(name[..^_serviceSuffix.Length]);
            if (labels.Service.IsEmpty) return records.HasNamespace(labels.Namespace);
            if (records.Find(labels.Service) is not { } service) return false;
            if (service.ExternalName is null)
            {
                return new ClusterAnswer(service, query, domain).Write(name, labels.Prefix, ref writer);
            }

            if (!labels.Prefix.IsEmpty) return false;
            writer.WriteName(DnsSection.Answer, name, DnsType.Cname, TtlSeconds, service.ExternalName);
            if (query.Type == DnsType.Cname) return true;
            if (!service.ExternalName.EndsWith(_suffix, StringComparison.Ordinal))
            {
                target = service.ExternalName;
                return true;
            }

            name = service.ExternalName;
            if (aliases == MaxAliases || !service.ExternalName.EndsWith(_serviceSuffix, StringComparison.Ordinal)) return true;
        }
    }
}
