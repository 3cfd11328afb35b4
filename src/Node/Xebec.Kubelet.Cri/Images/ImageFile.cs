namespace Xebec.Kubelet.Cri.Images;

/// <summary>An executable file of an image, by its path from the root without a leading slash.</summary>
internal sealed record ImageFile(string Path, ReadOnlyMemory<byte> Content);
