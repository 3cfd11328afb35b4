using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>Sandboxes to and from the wire.</summary>
internal static class SandboxMapping
{
    public static Wire.PodSandboxConfig ToWire(PodSandboxConfig config)
    {
        var wire = new Wire.PodSandboxConfig
        {
            Metadata = ToWire(config.Metadata),
            Hostname = config.SecurityContext.Namespaces.Network == NamespaceMode.Node ? "" : config.Hostname,
            LogDirectory = config.LogDirectory,
            DnsConfig = config.Dns is { } dns ? ToWire(dns) : null,
            Linux = LinuxToWire(config),
        };
        foreach (var mapping in config.PortMappings)
            wire.PortMappings.Add(ToWire(mapping));
        wire.Labels.Fill(config.Labels);
        wire.Annotations.Fill(config.Annotations);
        return wire;
    }

    public static Wire.PodSandboxFilter? ToWire(PodSandboxFilter? filter)
    {
        if (filter is null)
            return null;
        var wire = new Wire.PodSandboxFilter
        {
            Id = filter.Id ?? "",
            State = filter.State is { } state ? new Wire.PodSandboxStateValue { State = (Wire.PodSandboxState)state } : null,
        };
        wire.LabelSelector.Fill(filter.LabelSelector);
        return wire;
    }

    public static PodSandbox FromWire(Wire.PodSandbox wire) =>
        new(wire.Id, FromWire(wire.Metadata), (PodSandboxState)wire.State, WireMaps.ToTime(wire.CreatedAt))
        {
            Labels = wire.Labels.ToMap(),
            Annotations = wire.Annotations.ToMap(),
            RuntimeHandler = wire.RuntimeHandler,
        };

    public static PodSandboxStatus FromWire(Wire.PodSandboxStatus wire) =>
        new(wire.Id, FromWire(wire.Metadata), (PodSandboxState)wire.State, WireMaps.ToTime(wire.CreatedAt))
        {
            IpAddresses = IpAddresses(wire.Network),
            Namespaces = SecurityMapping.FromWire(wire.Linux?.Namespaces?.Options),
            Labels = wire.Labels.ToMap(),
            Annotations = wire.Annotations.ToMap(),
            RuntimeHandler = wire.RuntimeHandler,
        };

    public static PodSandboxMetadata FromWire(Wire.PodSandboxMetadata? wire) =>
        wire is null ? new PodSandboxMetadata("", "", "") : new PodSandboxMetadata(wire.Name, wire.Namespace, wire.Uid, wire.Attempt);

    private static Wire.PodSandboxMetadata ToWire(PodSandboxMetadata metadata) => new()
    {
        Name = metadata.Name,
        Namespace = metadata.Namespace,
        Uid = metadata.Uid,
        Attempt = metadata.Attempt,
    };

    private static Wire.LinuxPodSandboxConfig LinuxToWire(PodSandboxConfig config)
    {
        var wire = new Wire.LinuxPodSandboxConfig
        {
            CgroupParent = config.CgroupParent,
            SecurityContext = SecurityMapping.ToWire(config.SecurityContext),
            Resources = ResourcesMapping.ToWireOrNull(config.Resources),
            Overhead = ResourcesMapping.ToWireOrNull(config.Overhead),
        };
        wire.Sysctls.Fill(config.Sysctls);
        return wire;
    }

    private static Wire.DNSConfig ToWire(DnsConfig dns)
    {
        var wire = new Wire.DNSConfig();
        wire.Servers.AddRange(dns.Servers);
        wire.Searches.AddRange(dns.Searches);
        wire.Options.AddRange(dns.Options);
        return wire;
    }

    private static Wire.PortMapping ToWire(PortMapping mapping) => new()
    {
        Protocol = (Wire.Protocol)mapping.Protocol,
        ContainerPort = mapping.ContainerPort,
        HostPort = mapping.HostPort,
        HostIp = mapping.HostIp,
    };

    private static string[] IpAddresses(Wire.PodSandboxNetworkStatus? network) =>
        string.IsNullOrEmpty(network?.Ip) ? [] : [network.Ip, .. network.AdditionalIps.Select(additional => additional.Ip)];
}
