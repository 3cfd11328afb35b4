using Google.Protobuf.Collections;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>Namespaces, profiles and security contexts to and from the wire.</summary>
internal static class SecurityMapping
{
    public static Wire.NamespaceOption ToWire(NamespaceOption option) => new()
    {
        Network = (Wire.NamespaceMode)option.Network,
        Pid = (Wire.NamespaceMode)option.Pid,
        Ipc = (Wire.NamespaceMode)option.Ipc,
        TargetId = option.TargetId,
        UsernsOptions = option.User is { } user ? ToWire(user) : null,
    };

    public static NamespaceOption FromWire(Wire.NamespaceOption? option) => option is null ? new NamespaceOption() : new NamespaceOption
    {
        Network = (NamespaceMode)option.Network,
        Pid = (NamespaceMode)option.Pid,
        Ipc = (NamespaceMode)option.Ipc,
        TargetId = option.TargetId,
        User = option.UsernsOptions is { Mode: Wire.NamespaceMode.Pod } user
            ? new UserNamespace([.. user.Uids.Select(FromWire)], [.. user.Gids.Select(FromWire)]) : null,
    };

    public static void Fill(RepeatedField<Wire.IDMapping> target, IReadOnlyList<IdMapping> source)
    {
        foreach (var range in source)
            target.Add(new Wire.IDMapping { HostId = range.HostId, ContainerId = range.ContainerId, Length = range.Length });
    }

    public static IdMapping FromWire(Wire.IDMapping range) => new(range.HostId, range.ContainerId, range.Length);

    public static Wire.LinuxSandboxSecurityContext ToWire(SandboxSecurityContext context)
    {
        var wire = new Wire.LinuxSandboxSecurityContext
        {
            NamespaceOptions = ToWire(context.Namespaces),
            Privileged = context.Privileged,
            RunAsUser = WireMaps.ToWire(context.RunAsUser),
            RunAsGroup = WireMaps.ToWire(context.RunAsGroup),
            ReadonlyRootfs = context.ReadonlyRootfs,
            SupplementalGroupsPolicy = (Wire.SupplementalGroupsPolicy)context.SupplementalGroupsPolicy,
            Seccomp = ToWire(context.Seccomp),
            Apparmor = ToWire(context.AppArmor),
        };
        wire.SupplementalGroups.AddRange(context.SupplementalGroups);
        return wire;
    }

    public static Wire.LinuxContainerSecurityContext ToWire(ContainerSecurityContext context)
    {
        var wire = new Wire.LinuxContainerSecurityContext
        {
            Privileged = context.Privileged,
            Capabilities = new Wire.Capability(),
            NamespaceOptions = ToWire(context.Namespaces),
            RunAsUser = WireMaps.ToWire(context.RunAsUser),
            RunAsUsername = context.RunAsUsername,
            RunAsGroup = WireMaps.ToWire(context.RunAsGroup),
            ReadonlyRootfs = context.ReadonlyRootfs,
            NoNewPrivs = context.NoNewPrivs,
            SupplementalGroupsPolicy = (Wire.SupplementalGroupsPolicy)context.SupplementalGroupsPolicy,
            Seccomp = ToWire(context.Seccomp),
            Apparmor = ToWire(context.AppArmor),
        };
        wire.Capabilities.AddCapabilities.AddRange(context.AddCapabilities);
        wire.Capabilities.DropCapabilities.AddRange(context.DropCapabilities);
        wire.SupplementalGroups.AddRange(context.SupplementalGroups);
        wire.MaskedPaths.AddRange(context.MaskedPaths);
        wire.ReadonlyPaths.AddRange(context.ReadonlyPaths);
        return wire;
    }

    private static Wire.SecurityProfile? ToWire(SecurityProfile? profile) => profile is null ? null : new Wire.SecurityProfile
    {
        ProfileType = (Wire.SecurityProfile.Types.ProfileType)profile.Type,
        LocalhostRef = profile.LocalhostRef,
    };

    private static Wire.UserNamespace ToWire(UserNamespace user)
    {
        var wire = new Wire.UserNamespace { Mode = Wire.NamespaceMode.Pod };
        Fill(wire.Uids, user.Uids);
        Fill(wire.Gids, user.Gids);
        return wire;
    }
}
