namespace Xebec.Kubelet.Containers;

/// <summary>Where a pod's files are on the host. A simulated node has no folders at all.</summary>
internal sealed class PodFolders(string? root, string logs)
{
    /// <summary>Whether pods have files.</summary>
    public bool Exist => root is not null;

    public string Pods => Path.Combine(root ?? "", "pods");

    public string Seccomp => Path.Combine(root ?? "", "seccomp");

    public string Pod(string uid) => Path.Combine(Pods, uid);

    public string HostsFile(string uid) => Path.Combine(Pod(uid), "etc-hosts");

    /// <summary>A volume's folder, by the name upstream gives its plug-in, such as configmap.</summary>
    public string Volume(string uid, string plugin, string name) => Path.Combine(Pod(uid), "volumes", $"kubernetes.io~{plugin}", name);

    public string Volumes(string uid) => Path.Combine(Pod(uid), "volumes");

    public string TerminationLog(string uid, string container, int attempt) =>
        Path.Combine(Pod(uid), "containers", container, $"termination-{attempt}");

    /// <summary>NAMESPACE_NAME_UID below the folder of logs; empty without logs.</summary>
    public string Logs(string ns, string name, string uid) => logs.Length == 0 ? "" : Path.Combine(logs, $"{ns}_{name}_{uid}");

    public string LogsRoot => logs;
}
