namespace Xebec.Dns.Zones;

/// <summary>The parts of a name below svc: [prefix.]service.namespace; a lone label is a namespace.</summary>
internal readonly ref struct ServiceLabels
{
    public ServiceLabels(ReadOnlySpan<char> name)
    {
        var last = name.LastIndexOf('.');
        Namespace = name[(last + 1)..];
        if (last < 0) return;
        var previous = name[..last].LastIndexOf('.');
        Service = name[(previous + 1)..];
        if (previous >= 0) Prefix = name[..previous];
    }

    public ReadOnlySpan<char> Namespace { get; }

    /// <summary>service.namespace, empty if the name has no such part.</summary>
    public ReadOnlySpan<char> Service { get; }

    /// <summary>What stands before the service: a hostname, or _port._protocol.</summary>
    public ReadOnlySpan<char> Prefix { get; }
}
