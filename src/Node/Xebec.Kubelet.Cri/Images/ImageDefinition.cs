using System.Runtime.InteropServices;

namespace Xebec.Kubelet.Cri.Images;

/// <summary>An image of one layer, for this machine's kind of processor unless another is named.</summary>
internal sealed record ImageDefinition(string Name, IReadOnlyList<ImageFile> Files)
{
    public IReadOnlyList<string> Entrypoint { get; init; } = [];
    public IReadOnlyList<string> Env { get; init; } = [];
    public Architecture Architecture { get; init; } = RuntimeInformation.OSArchitecture;
}
