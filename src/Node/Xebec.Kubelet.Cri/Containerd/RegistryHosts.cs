namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>Writes certs.d/HOST/hosts.toml: which server containerd asks for a registry's images.</summary>
internal static class RegistryHosts
{
    /// <summary>Docker Hub's own server answers under another name than its images bear.</summary>
    public const string DockerHub = "docker.io";

    /// <summary>The mirror first, the registry itself after it. A mirror over plain HTTP is a matter of its scheme alone.</summary>
    public static string Write(Uri mirror) => $"""
        server = "https://registry-1.docker.io"

        [host."{mirror.GetLeftPart(UriPartial.Authority)}"]
          capabilities = ["pull", "resolve"]

        """;
}
