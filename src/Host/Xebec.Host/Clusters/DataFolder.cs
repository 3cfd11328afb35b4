namespace Xebec.Host.Clusters;

/// <summary>Where everything of one cluster lives.</summary>
internal sealed class DataFolder
{
    public const string Default = "/var/lib/xebec";

    public DataFolder(string path) => Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    public string Root { get; }

    public string Pki => Path.Combine(Root, "pki");

    public string Store => Path.Combine(Root, "store");

    public string Images => Path.Combine(Root, "images");

    /// <summary>The node's own part: containerd, kubelet, CNI.</summary>
    public string Node => Path.Combine(Root, "node");

    /// <summary>Holds the path of the running containerd's socket.</summary>
    public string ContainerdSocketFile => Path.Combine(Root, "run", "containerd.address");

    public string Logs => Path.Combine(Root, "logs");

    public string LogFile => Path.Combine(Logs, "xebec.log");

    public string StateFile => Path.Combine(Root, "cluster.json");

    /// <summary>The running process of each part (server, agent, up) by name.</summary>
    public string PidFile(string name) => Path.Combine(Root, "run", name + ".pid");

    /// <summary>Held locked while a process runs the cluster's part of this name.</summary>
    public string LockFile(string name) => Path.Combine(Root, "run", name + ".lock");
}
