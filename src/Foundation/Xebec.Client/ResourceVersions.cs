using System.Globalization;
using Xebec.Api;

namespace Xebec.Client;

/// <summary>Resource versions as numbers: of two versions of one object the greater is the newer (KEP-5504).</summary>
public static class ResourceVersions
{
    /// <summary>The object's resource version, 0 when it has none.</summary>
    public static ulong Of(IKubernetesObject obj) =>
        ulong.TryParse(obj.Metadata.ResourceVersion, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
