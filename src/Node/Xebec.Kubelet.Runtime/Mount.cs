namespace Xebec.Kubelet.Runtime;

/// <summary>A host path, or an image, mounted into a container.</summary>
public sealed record Mount(string ContainerPath, string HostPath)
{
    /// <summary>No writes through this mount.</summary>
    public bool Readonly { get; init; }

    /// <summary>No writes through this mount and all below it; needs Readonly and Private propagation (KEP-3857).</summary>
    public bool RecursiveReadonly { get; init; }

    /// <summary>Whether mounts made on one side appear on the other; others than Private need a shared host mount.</summary>
    public MountPropagation Propagation { get; init; }

    /// <summary>Relabel for SELinux.</summary>
    public bool SelinuxRelabel { get; init; }

    /// <summary>Mount this image instead of a host path, which is then empty (KEP-4639).</summary>
    public string Image { get; init; } = "";

    /// <summary>A folder of the image instead of its root.</summary>
    public string ImageSubPath { get; init; } = "";

    /// <summary>User ids of an idmapped mount.</summary>
    public IReadOnlyList<IdMapping> UidMappings { get; init; } = [];

    /// <summary>Group ids of an idmapped mount.</summary>
    public IReadOnlyList<IdMapping> GidMappings { get; init; } = [];
}
