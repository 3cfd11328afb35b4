using Xebec.Kubelet.Containers;

namespace Xebec.Kubelet.Volumes;

/// <summary>Sets up the volumes of a pod on the host, keeps their content up to date and takes them down.</summary>
internal sealed class VolumeMounter(PodFolders folders, ProjectedVolumes projected, ServiceAccountTokens tokens, TimeProvider time)
{
    private const string WorldWritable = "0777";

    /// <summary>Makes every volume of the pod ready; content no older than <paramref name="maximumAge"/>.</summary>
    /// <exception cref="VolumeException">One cannot be set up now.</exception>
    public async Task<MountedVolumes> MountAsync(Pod pod, TimeSpan maximumAge, CancellationToken cancellation)
    {
        if (!folders.Exist)
            return MountedVolumes.None;
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        var needsRefresh = false;
        foreach (var volume in pod.Spec.Volumes)
        {
            try
            {
                var files = await projected.CollectAsync(pod, volume, maximumAge, cancellation);
                needsRefresh |= files is not null;
                paths[volume.Name] = files is null ? Local(pod, volume) : Write(pod, volume, files);
            }
            catch (Exception e) when (e is VolumeException or IOException or UnauthorizedAccessException or Client.ApiErrorException)
            {
                throw new VolumeException($"MountVolume.SetUp failed for volume \"{volume.Name}\" : {e.Message}");
            }
        }

        return new MountedVolumes(paths, needsRefresh);
    }

    /// <summary>Unmounts and removes all that the pod has on the host; safe to call again.</summary>
    public void Unmount(string podUid)
    {
        tokens.Forget(podUid);
        if (!folders.Exist || !Directory.Exists(folders.Pod(podUid)))
            return;
        foreach (var mount in LinuxFiles.MountsBelow(folders.Pod(podUid)))
            LinuxFiles.Unmount(mount);
        Directory.Delete(folders.Pod(podUid), recursive: true);
    }

    private static string PluginOf(Volume volume) => volume switch
    {
        { ConfigMap: not null } => "configmap",
        { Secret: not null } => "secret",
        { DownwardAPI: not null } => "downward-api",
        { Projected: not null } => "projected",
        _ => "empty-dir",
    };

    private string Write(Pod pod, Volume volume, Dictionary<string, PayloadFile> files)
    {
        var folder = folders.Volume(pod.Metadata.Uid, PluginOf(volume), volume.Name);
        if (volume.ConfigMap is null && volume.DownwardAPI is null)
            EnsureTmpfs(folder, 0);
        else
            MakeWorldWritable(folder);
        if (AtomicWriter.Write(folder, files, time.GetUtcNow()) && pod.Spec.SecurityContext?.FsGroup is { } group)
            FsGroups.Apply(folder, group, readOnly: true);
        return folder;
    }

    private string Local(Pod pod, Volume volume)
    {
        if (volume.HostPath is { } hostPath)
            return HostPaths.Prepare(hostPath);
        if (volume.EmptyDir is not { } emptyDir)
            throw new VolumeException("this type of volume is not supported on this node");
        var folder = folders.Volume(pod.Metadata.Uid, PluginOf(volume), volume.Name);
        var isNew = !Directory.Exists(folder);
        if (emptyDir.Medium == StorageMedium.Memory)
            EnsureTmpfs(folder, MemorySizeBytes(pod, emptyDir));
        else if (emptyDir.Medium.Length > 0)
            throw new VolumeException($"emptyDir medium {emptyDir.Medium} is not supported on this node");
        else
            MakeWorldWritable(folder);
        if (isNew && pod.Spec.SecurityContext?.FsGroup is { } group)
            FsGroups.Apply(folder, group, readOnly: false);
        return folder;
    }

    /// <summary>The volume's limit or the sum of the containers' memory limits, whichever is less.</summary>
    private static long MemorySizeBytes(Pod pod, EmptyDirVolumeSource emptyDir)
    {
        var limits = pod.Spec.Containers.ConvertAll(c => CgroupAmounts.Whole(c.Resources.Limits, "memory"));
        var all = limits.Contains(0) ? 0 : limits.Sum();
        var own = emptyDir.SizeLimit?.WholeValue ?? 0;
        return own == 0 || (all > 0 && all < own) ? all : own;
    }

    private static void EnsureTmpfs(string folder, long sizeBytes)
    {
        Directory.CreateDirectory(folder);
        if (!LinuxFiles.IsMountPoint(folder))
            LinuxFiles.MountTmpfs(folder, sizeBytes, WorldWritable);
    }

    private static void MakeWorldWritable(string folder)
    {
        if (Directory.Exists(folder))
            return;
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
    }
}
