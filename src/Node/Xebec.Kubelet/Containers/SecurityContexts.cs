using Xebec.Kubelet.Runtime;
using SupplementalGroupsPolicy = Xebec.Kubelet.Runtime.SupplementalGroupsPolicy;

namespace Xebec.Kubelet.Containers;

/// <summary>The effective security settings of a container: its own, then its pod's. Pure.</summary>
internal static class SecurityContexts
{
    private static readonly string[] MaskedPaths =
    [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
        "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
    ];

    private static readonly string[] ReadonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    public static ContainerSecurityContext ForContainer(Pod pod, Container container, Image? image, string seccompDirectory)
    {
        var own = container.SecurityContext;
        var ofPod = pod.Spec.SecurityContext;
        var user = own?.RunAsUser ?? ofPod?.RunAsUser;
        var unmasked = own?.ProcMount == ProcMountType.Unmasked;
        return new ContainerSecurityContext
        {
            Privileged = own?.Privileged == true,
            AddCapabilities = own?.Capabilities?.Add ?? [],
            DropCapabilities = own?.Capabilities?.Drop ?? [],
            Namespaces = Namespaces(pod),
            RunAsUser = user ?? image?.Uid,
            RunAsUsername = user is null && image?.Uid is null ? image?.Username ?? "" : "",
            RunAsGroup = own?.RunAsGroup ?? ofPod?.RunAsGroup,
            SupplementalGroups = Groups(ofPod),
            SupplementalGroupsPolicy = Policy(ofPod),
            ReadonlyRootfs = own?.ReadOnlyRootFilesystem == true,
            NoNewPrivs = own?.AllowPrivilegeEscalation == false,
            MaskedPaths = unmasked ? [] : MaskedPaths,
            ReadonlyPaths = unmasked ? [] : ReadonlyPaths,
            Seccomp = own?.Privileged == true ? null : Seccomp(own?.SeccompProfile ?? ofPod?.SeccompProfile, seccompDirectory),
        };
    }

    public static SandboxSecurityContext ForSandbox(Pod pod, string seccompDirectory)
    {
        var ofPod = pod.Spec.SecurityContext;
        return new SandboxSecurityContext
        {
            Namespaces = Namespaces(pod),
            Privileged = PodWorkers.PodContainers.All(pod).Any(c => c.Container.SecurityContext?.Privileged == true),
            RunAsUser = ofPod?.RunAsUser,
            RunAsGroup = ofPod?.RunAsUser is null ? null : ofPod.RunAsGroup,
            SupplementalGroups = Groups(ofPod),
            SupplementalGroupsPolicy = Policy(ofPod),
            Seccomp = ofPod?.SeccompProfile is { } profile
                ? Seccomp(profile, seccompDirectory)
                : new SecurityProfile(SecurityProfileType.RuntimeDefault),
        };
    }

    /// <exception cref="ContainerConfigException">The container would run as root although it must not.</exception>
    public static void VerifyNonRoot(Pod pod, Container container, Image? image)
    {
        var own = container.SecurityContext;
        if ((own?.RunAsNonRoot ?? pod.Spec.SecurityContext?.RunAsNonRoot) != true)
            return;
        var where = $"(pod: \"{pod.Metadata.Name}_{pod.Metadata.Namespace}({pod.Metadata.Uid})\", container: {container.Name})";
        if ((own?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser) is { } user)
        {
            if (user == 0)
                throw new ContainerConfigException($"container's runAsUser breaks non-root policy {where}");
            return;
        }

        if (image?.Uid is null && image?.Username.Length > 0)
        {
            throw new ContainerConfigException(
                $"container has runAsNonRoot and image has non-numeric user ({image.Username}), cannot verify user is non-root {where}");
        }

        if (image?.Uid is null or 0)
            throw new ContainerConfigException($"container has runAsNonRoot and image will run as root {where}");
    }

    private static NamespaceOption Namespaces(Pod pod) => new()
    {
        Network = pod.Spec.HostNetwork ? NamespaceMode.Node : NamespaceMode.Pod,
        Pid = pod.Spec.HostPID ? NamespaceMode.Node
            : pod.Spec.ShareProcessNamespace == true ? NamespaceMode.Pod : NamespaceMode.Container,
        Ipc = pod.Spec.HostIPC ? NamespaceMode.Node : NamespaceMode.Pod,
    };

    private static List<long> Groups(PodSecurityContext? ofPod)
    {
        var groups = new List<long>(ofPod?.SupplementalGroups ?? []);
        if (ofPod?.FsGroup is { } fsGroup && !groups.Contains(fsGroup))
            groups.Add(fsGroup);
        return groups;
    }

    private static SupplementalGroupsPolicy Policy(PodSecurityContext? ofPod) =>
        ofPod?.SupplementalGroupsPolicy == "Strict" ? SupplementalGroupsPolicy.Strict : SupplementalGroupsPolicy.Merge;

    private static SecurityProfile? Seccomp(SeccompProfile? profile, string seccompDirectory) => profile?.Type switch
    {
        SeccompProfileType.RuntimeDefault => new SecurityProfile(SecurityProfileType.RuntimeDefault),
        SeccompProfileType.Localhost => new SecurityProfile(
            SecurityProfileType.Localhost, Path.Combine(seccompDirectory, profile.LocalhostProfile ?? "")),
        _ => null,
    };
}
