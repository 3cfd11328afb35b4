using System.Security.Cryptography;
using System.Text;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>Where a node's containerd keeps its things.</summary>
internal sealed record ContainerdPaths(string DataDir)
{
    /// <summary>sun_path holds 108 bytes with the final zero, and the ttrpc socket's name is six longer.</summary>
    private const int MaxSocketPathLength = 107 - 6;

    public string ConfigFile => Path.Combine(DataDir, "config.toml");
    public string RootDir => Path.Combine(DataDir, "root");
    public string StateDir => Path.Combine(DataDir, "state");
    public string RuncDir => Path.Combine(DataDir, "runc");
    public string OptDir => Path.Combine(DataDir, "opt");
    public string CertsDir => Path.Combine(DataDir, "certs.d");
    public string CniConfDir => Path.Combine(DataDir, "cni", "net.d");
    public string CniConfFile => Path.Combine(CniConfDir, "10-xebec.conflist");
    public string CniDataDir => Path.Combine(DataDir, "cni", "networks");
    public string PidFile => Path.Combine(DataDir, "containerd.pid");
    public string LogFile => Path.Combine(DataDir, "containerd.log");
    public string BootFile => Path.Combine(DataDir, "boot_id");

    /// <summary>Bundles of the pods' tasks: one folder for each sandbox and container that has a shim.</summary>
    public string TasksDir => Path.Combine(StateDir, "io.containerd.runtime.v2.task", "k8s.io");

    /// <summary>In the data folder, or in /run under a hash of that folder's name if the path would be too long for a socket.</summary>
    public string Socket
    {
        get
        {
            var path = Path.Combine(DataDir, "containerd.sock");
            return Encoding.UTF8.GetByteCount(path) <= MaxSocketPathLength ? path
                : $"/run/xebec-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DataDir)))[..16]}/containerd.sock";
        }
    }
}
