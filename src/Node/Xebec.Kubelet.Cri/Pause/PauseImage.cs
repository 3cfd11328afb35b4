using System.Runtime.InteropServices;
using Xebec.Kubelet.Cri.Images;

namespace Xebec.Kubelet.Cri.Pause;

/// <summary>The sandbox image: the pause program and nothing else.</summary>
internal static class PauseImage
{
    public static Task WriteAsync(Stream archive, string name, CancellationToken cancellationToken) => ImageArchive.WriteAsync(
        archive,
        new ImageDefinition(name, [new ImageFile("pause", PauseProgram.Write(RuntimeInformation.OSArchitecture))])
        {
            Entrypoint = ["/pause"],
        },
        cancellationToken);
}
