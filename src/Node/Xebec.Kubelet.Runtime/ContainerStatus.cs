namespace Xebec.Kubelet.Runtime;

/// <summary>A container in detail.</summary>
public sealed record ContainerStatus(string Id, ContainerMetadata Metadata, ContainerState State, DateTimeOffset CreatedAt)
{
    /// <summary>When it started; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Exit code, of use once Exited; 128 + signal for a killed one.</summary>
    public int ExitCode { get; init; }

    /// <summary>CamelCase reason of the state, such as <c>Completed</c>, <c>Error</c>, <c>OOMKilled</c>.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Reason in words.</summary>
    public string Message { get; init; } = "";

    /// <summary>Image name.</summary>
    public string Image { get; init; } = "";

    /// <summary>Image by digest (<c>repo@sha256:...</c>), or its id for an image that came from no registry.</summary>
    public string ImageRef { get; init; } = "";

    /// <summary>Labels it was created with.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyMap.Strings;

    /// <summary>Annotations it was created with.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyMap.Strings;

    /// <summary>Its mounts.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>The log file on the host, as a full path.</summary>
    public string LogPath { get; init; } = "";

    /// <summary>The limits in effect, null when the runtime does not say.</summary>
    public LinuxContainerResources? Resources { get; init; }
}
