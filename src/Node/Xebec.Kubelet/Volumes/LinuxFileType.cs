namespace Xebec.Kubelet.Volumes;

/// <summary>What a path is on disk.</summary>
internal enum LinuxFileType
{
    Other,
    Regular,
    Directory,
    Socket,
    CharacterDevice,
    BlockDevice,
}
