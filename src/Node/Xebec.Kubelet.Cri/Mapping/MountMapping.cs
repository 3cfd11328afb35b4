using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>Mounts to and from the wire.</summary>
internal static class MountMapping
{
    public static Wire.Mount ToWire(Mount mount)
    {
        var wire = new Wire.Mount
        {
            ContainerPath = mount.ContainerPath,
            HostPath = mount.HostPath,
            Readonly = mount.Readonly,
            RecursiveReadOnly = mount.RecursiveReadonly,
            SelinuxRelabel = mount.SelinuxRelabel,
            Propagation = (Wire.MountPropagation)mount.Propagation,
            Image = mount.Image.Length == 0 ? null : new Wire.ImageSpec { Image = mount.Image },
            ImageSubPath = mount.ImageSubPath,
        };
        SecurityMapping.Fill(wire.UidMappings, mount.UidMappings);
        SecurityMapping.Fill(wire.GidMappings, mount.GidMappings);
        return wire;
    }

    public static Mount FromWire(Wire.Mount wire) => new(wire.ContainerPath, wire.HostPath)
    {
        Readonly = wire.Readonly,
        RecursiveReadonly = wire.RecursiveReadOnly,
        SelinuxRelabel = wire.SelinuxRelabel,
        Propagation = (MountPropagation)wire.Propagation,
        Image = wire.Image?.Image ?? "",
        ImageSubPath = wire.ImageSubPath,
        UidMappings = [.. wire.UidMappings.Select(SecurityMapping.FromWire)],
        GidMappings = [.. wire.GidMappings.Select(SecurityMapping.FromWire)],
    };
}
