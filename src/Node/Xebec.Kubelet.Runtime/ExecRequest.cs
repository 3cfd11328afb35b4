namespace Xebec.Kubelet.Runtime;

/// <summary>A command to run in a container with streams; Tty excludes Stderr.</summary>
public sealed record ExecRequest(string ContainerId, IReadOnlyList<string> Command)
{
    /// <summary>Stream stdin.</summary>
    public bool Stdin { get; init; }

    /// <summary>Stream stdout.</summary>
    public bool Stdout { get; init; }

    /// <summary>Stream stderr.</summary>
    public bool Stderr { get; init; }

    /// <summary>Give the command a terminal.</summary>
    public bool Tty { get; init; }
}
