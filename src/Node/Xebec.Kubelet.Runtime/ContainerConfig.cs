namespace Xebec.Kubelet.Runtime;

/// <summary>All a runtime needs to create a container.</summary>
public sealed record ContainerConfig(ContainerMetadata Metadata, string Image)
{
    /// <summary>The reference the user wrote, for messages; <see cref="Image"/> is what PullImage or ImageStatus answered.</summary>
    public string UserSpecifiedImage { get; init; } = "";

    /// <summary>Replaces the image's entrypoint; empty keeps it.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Replaces the image's arguments; empty keeps them unless Command is set.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Working folder; empty is the image's.</summary>
    public string WorkingDir { get; init; } = "";

    /// <summary>Environment, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Envs { get; init; } = [];

    /// <summary>Host folders, files and images to mount.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Host devices.</summary>
    public IReadOnlyList<Device> Devices { get; init; } = [];

    /// <summary>Labels a filter can select by.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap.Strings;

    /// <summary>Kept and returned unchanged.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap.Strings;

    /// <summary>Log file relative to the sandbox's LogDirectory, by convention <c>NAME/ATTEMPT.log</c>; empty: no log.</summary>
    public string LogPath { get; init; } = "";

    /// <summary>Keep stdin open for attach.</summary>
    public bool Stdin { get; init; }

    /// <summary>Close stdin when the first attached client leaves.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Give it a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Its limits.</summary>
    public LinuxContainerResources Resources { get; init; } = new();

    /// <summary>Its user, capabilities and profiles.</summary>
    public ContainerSecurityContext SecurityContext { get; init; } = new();

    /// <summary>Fully qualified CDI device names (KEP-4009).</summary>
    public IReadOnlyList<string> CdiDevices { get; init; } = [];

    /// <summary>The signal that stops it, as <c>SIGTERM</c> (KEP-4960); empty is the image's or the runtime's.</summary>
    public string StopSignal { get; init; } = "";
}
