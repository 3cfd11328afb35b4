using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Volumes;

namespace Xebec.Kubelet.Containers;

/// <summary>The mounts of a container: its volumes, its hosts file and its termination message.</summary>
internal static class ContainerMounts
{
    private const string HostsPath = "/etc/hosts";

    public static List<Mount> Build(
        Pod pod, Container container, MountedVolumes volumes, PodFolders folders, int attempt, Func<string, string?> environment)
    {
        if (!folders.Exist)
            return [];
        var mounts = new List<Mount>();
        foreach (var mount in container.VolumeMounts)
            mounts.Add(OfVolume(mount, volumes, environment));
        if (!container.VolumeMounts.Exists(mount => mount.MountPath.TrimEnd('/') == HostsPath))
            mounts.Add(new Mount(HostsPath, folders.HostsFile(pod.Metadata.Uid)));
        var log = folders.TerminationLog(pod.Metadata.Uid, container.Name, attempt);
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        File.WriteAllBytes(log, []);
        File.SetUnixFileMode(log, (UnixFileMode)0x1B6);
        mounts.Add(new Mount(ContainerConfigs.TerminationMessagePath(container), log));
        return mounts;
    }

    private static Mount OfVolume(VolumeMount mount, MountedVolumes volumes, Func<string, string?> environment)
    {
        if (!volumes.HostPaths.TryGetValue(mount.Name, out var hostPath))
            throw new ContainerConfigException($"volume \"{mount.Name}\" is not mounted");
        var subPath = mount.SubPathExpr.Length > 0 ? VariableExpansion.Expand(mount.SubPathExpr, environment) : mount.SubPath;
        try
        {
            return new Mount(mount.MountPath, subPath.Length > 0 ? SubPaths.Prepare(hostPath, subPath) : hostPath)
            {
                Readonly = mount.ReadOnly,
                RecursiveReadonly = mount.ReadOnly && mount.RecursiveReadOnly is RecursiveReadOnlyMode.Enabled,
                Propagation = mount.MountPropagation switch
                {
                    MountPropagationMode.HostToContainer => MountPropagation.HostToContainer,
                    MountPropagationMode.Bidirectional => MountPropagation.Bidirectional,
                    _ => MountPropagation.Private,
                },
            };
        }
        catch (Exception e) when (e is VolumeException or IOException)
        {
            throw new ContainerConfigException($"failed to prepare subPath for volumeMount \"{mount.Name}\" of container: {e.Message}");
        }
    }
}
