using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>Container configurations and filters to the wire, lists and statuses from it.</summary>
internal static class ContainerMapping
{
    public static Wire.ContainerConfig ToWire(ContainerConfig config)
    {
        var wire = new Wire.ContainerConfig
        {
            Metadata = new Wire.ContainerMetadata { Name = config.Metadata.Name, Attempt = config.Metadata.Attempt },
            Image = new Wire.ImageSpec { Image = config.Image, UserSpecifiedImage = config.UserSpecifiedImage },
            WorkingDir = config.WorkingDir,
            LogPath = config.LogPath,
            Stdin = config.Stdin,
            StdinOnce = config.StdinOnce,
            Tty = config.Tty,
            StopSignal = StopSignals.NumberOf(config.StopSignal),
            Linux = new Wire.LinuxContainerConfig
            {
                Resources = ResourcesMapping.ToWire(config.Resources),
                SecurityContext = SecurityMapping.ToWire(config.SecurityContext),
            },
        };
        FillLists(wire, config);
        return wire;
    }

    public static Wire.ContainerFilter? ToWire(ContainerFilter? filter)
    {
        if (filter is null)
            return null;
        var wire = new Wire.ContainerFilter
        {
            Id = filter.Id ?? "",
            PodSandboxId = filter.PodSandboxId ?? "",
            State = filter.State is { } state ? new Wire.ContainerStateValue { State = (Wire.ContainerState)state } : null,
        };
        wire.LabelSelector.Fill(filter.LabelSelector);
        return wire;
    }

    public static Container FromWire(Wire.Container wire) => new(
        wire.Id, wire.PodSandboxId, FromWire(wire.Metadata), (ContainerState)wire.State, WireMaps.ToTime(wire.CreatedAt),
        wire.Image?.Image ?? "", wire.ImageRef)
    {
        Labels = wire.Labels.ToMap(),
        Annotations = wire.Annotations.ToMap(),
    };

    public static ContainerStatus FromWire(Wire.ContainerStatus wire) =>
        new(wire.Id, FromWire(wire.Metadata), (ContainerState)wire.State, WireMaps.ToTime(wire.CreatedAt))
        {
            StartedAt = WireMaps.ToTimeOrNull(wire.StartedAt),
            FinishedAt = WireMaps.ToTimeOrNull(wire.FinishedAt),
            ExitCode = wire.ExitCode,
            Reason = wire.Reason,
            Message = wire.Message,
            Image = wire.Image?.Image ?? "",
            ImageRef = wire.ImageRef,
            Labels = wire.Labels.ToMap(),
            Annotations = wire.Annotations.ToMap(),
            Mounts = [.. wire.Mounts.Select(MountMapping.FromWire)],
            LogPath = wire.LogPath,
            Resources = ResourcesMapping.FromWire(wire.Resources?.Linux),
        };

    public static ContainerMetadata FromWire(Wire.ContainerMetadata? wire) =>
        wire is null ? new ContainerMetadata("") : new ContainerMetadata(wire.Name, wire.Attempt);

    private static void FillLists(Wire.ContainerConfig wire, ContainerConfig config)
    {
        wire.Command.AddRange(config.Command);
        wire.Args.AddRange(config.Args);
        foreach (var (key, value) in config.Envs)
            wire.Envs.Add(new Wire.KeyValue { Key = key, Value = value });
        foreach (var mount in config.Mounts)
            wire.Mounts.Add(MountMapping.ToWire(mount));
        foreach (var device in config.Devices)
            wire.Devices.Add(ToWire(device));
        foreach (var name in config.CdiDevices)
            wire.CDIDevices.Add(new Wire.CDIDevice { Name = name });
        wire.Labels.Fill(config.Labels);
        wire.Annotations.Fill(config.Annotations);
    }

    private static Wire.Device ToWire(Device device) =>
        new() { ContainerPath = device.ContainerPath, HostPath = device.HostPath, Permissions = device.Permissions };
}
