using System.Globalization;
using System.Text;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>The fingerprint that tells whether a running container is still what the spec asks for: FNV-1a of name and image.</summary>
internal static class ContainerHash
{
    public static string Of(Container container)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes($"{container.Name}\n{container.Image}"))
            hash = (hash ^ b) * 16777619u;
        return hash.ToString("x", CultureInfo.InvariantCulture);
    }
}
