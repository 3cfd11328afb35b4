using System.Text;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>Writes containerd's config.toml (version 2: containerd 1.6 to 2.x read it).</summary>
internal static class ContainerdConfig
{
    /// <summary>The image of every sandbox's one process; built here, never pulled.</summary>
    public const string SandboxImage = "localhost/xebec/pause:1";

    public static string Write(ContainerdPaths paths, string cniBinDir, string snapshotter) => $"""
        version = 2
        root = {Quote(paths.RootDir)}
        state = {Quote(paths.StateDir)}
        disabled_plugins = [
          "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper",
          "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.tracing", "io.containerd.tracing.processor.v1.otlp",
        ]

        [grpc]
          address = {Quote(paths.Socket)}

        [debug]
          level = "warn"

        [plugins."io.containerd.internal.v1.opt"]
          path = {Quote(paths.OptDir)}

        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = {Quote(SandboxImage)}
          restrict_oom_score_adj = true
          netns_mounts_under_state_dir = true
          enable_unprivileged_ports = true
          enable_unprivileged_icmp = true
          tolerate_missing_hugetlb_controller = true
          stats_collect_period = 2
          stream_server_address = "127.0.0.1"
          stream_server_port = "0"

        [plugins."io.containerd.grpc.v1.cri".cni]
          bin_dir = {Quote(cniBinDir)}
          conf_dir = {Quote(paths.CniConfDir)}

        [plugins."io.containerd.grpc.v1.cri".registry]
          config_path = {Quote(paths.CertsDir)}

        [plugins."io.containerd.grpc.v1.cri".containerd]
          snapshotter = {Quote(snapshotter)}

        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
          runtime_type = "io.containerd.runc.v2"

        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
          Root = {Quote(paths.RuncDir)}

        """;

    /// <summary>A TOML basic string.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
            _ = letter is '"' or '\\' ? quoted.Append('\\').Append(letter)
                : char.IsControl(letter) ? quoted.Append($"\\u{(int)letter:x4}") : quoted.Append(letter);
        return quoted.Append('"').ToString();
    }
}
