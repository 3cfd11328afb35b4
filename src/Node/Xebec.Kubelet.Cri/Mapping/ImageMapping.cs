using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>Images and credentials to and from the wire.</summary>
internal static class ImageMapping
{
    public static Wire.ImageSpec ToWire(string image) => new() { Image = image };

    public static Wire.AuthConfig? ToWire(AuthConfig? auth) => auth is null ? null : new Wire.AuthConfig
    {
        Username = auth.Username,
        Password = auth.Password,
        Auth = auth.Auth,
        ServerAddress = auth.ServerAddress,
        IdentityToken = auth.IdentityToken,
        RegistryToken = auth.RegistryToken,
    };

    /// <summary>containerd 1.6 does not say that it pins its sandbox image: the name given is pinned whatever it says.</summary>
    public static Image FromWire(Wire.Image wire, string? pinnedImage) => new(wire.Id)
    {
        RepoTags = [.. wire.RepoTags],
        RepoDigests = [.. wire.RepoDigests],
        SizeBytes = wire.Size,
        Uid = wire.Uid?.Value,
        Username = wire.Username,
        Pinned = wire.Pinned || (pinnedImage is not null && wire.RepoTags.Contains(pinnedImage)),
    };

    public static FilesystemUsage FromWire(Wire.FilesystemUsage wire) => new(
        WireMaps.ToTime(wire.Timestamp), wire.FsId?.Mountpoint ?? "", wire.UsedBytes?.Value ?? 0, wire.InodesUsed?.Value ?? 0);
}
