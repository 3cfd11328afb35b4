using Xebec.Kubelet.Cri.Linux;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>Puts a node's files in place before containerd starts.</summary>
internal static class ContainerdFiles
{
    private static readonly string[] s_cniBinDirs = ["/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni"];

    /// <summary>Answers whether something that a running containerd has read at its start is different now.</summary>
    public static bool Write(ContainerdOptions options, ContainerdPaths paths)
    {
        ForgetEarlierBoot(paths);
        Directory.CreateDirectory(paths.CniConfDir);
        Directory.CreateDirectory(Path.GetDirectoryName(paths.Socket)!);
        WriteRegistryHosts(options, paths);
        WriteIfChanged(paths.CniConfFile, CniConfig.Write(NodeNames.Bridge(options.ClusterId), options.PodCidr, paths.CniDataDir));
        return WriteIfChanged(paths.ConfigFile, ContainerdConfig.Write(paths, FindCniBinDir(), Snapshotter(paths.DataDir)));
    }

    public static string FindCniBinDir() =>
        Array.Find(s_cniBinDirs, folder => File.Exists(Path.Combine(folder, "bridge"))) ?? s_cniBinDirs[0];

    /// <summary>
    /// After a reboot no task, mount or namespace is left, and neither may be their traces: containerd would try to use them.
    /// </summary>
    private static void ForgetEarlierBoot(ContainerdPaths paths)
    {
        Directory.CreateDirectory(paths.DataDir);
        var bootId = ProcessIdentity.CurrentBootId();
        if (File.Exists(paths.BootFile) && File.ReadAllText(paths.BootFile) == bootId)
            return;
        foreach (var folder in (string[])[paths.StateDir, paths.RuncDir, paths.CniDataDir])
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        File.WriteAllText(paths.BootFile, bootId);
    }

    private static void WriteRegistryHosts(ContainerdOptions options, ContainerdPaths paths)
    {
        var file = Path.Combine(paths.CertsDir, RegistryHosts.DockerHub, "hosts.toml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (options.RegistryMirror is { } mirror)
            WriteIfChanged(file, RegistryHosts.Write(mirror));
        else
            File.Delete(file);
    }

    /// <summary>overlayfs cannot lie on overlayfs (a node inside a container): there every layer is copied.</summary>
    private static string Snapshotter(string dataDir) => new DriveInfo(dataDir).DriveFormat.StartsWith("overlay", StringComparison.Ordinal)
        ? "native" : "overlayfs";

    private static bool WriteIfChanged(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return false;
        File.WriteAllText(path, text);
        return true;
    }
}
