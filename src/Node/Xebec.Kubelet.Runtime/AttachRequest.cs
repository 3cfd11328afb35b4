namespace Xebec.Kubelet.Runtime;

/// <summary>The streams of a container's main process to attach to; Tty as the container has it, and excludes Stderr.</summary>
public sealed record AttachRequest(string ContainerId)
{
    /// <summary>Stream stdin.</summary>
    public bool Stdin { get; init; }

    /// <summary>Stream stdout.</summary>
    public bool Stdout { get; init; }

    /// <summary>Stream stderr.</summary>
    public bool Stderr { get; init; }

    /// <summary>The container has a terminal.</summary>
    public bool Tty { get; init; }
}
