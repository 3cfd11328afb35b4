namespace Xebec.Kubelet.Volumes;

/// <summary>One file of a volume: its bytes and permission bits.</summary>
internal sealed record PayloadFile(byte[] Content, int Mode);
