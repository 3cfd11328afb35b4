using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Xebec.Kubelet.Volumes;

/// <summary>Tells a socket from a device from a file, which .NET does not.</summary>
internal static partial class LinuxFileTypes
{
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int StatxModeOffset = 28;
    private const int StatxSize = 256;
    private const int TypeMask = 0xF000;

    public static LinuxFileType Of(string path)
    {
        Span<byte> buffer = stackalloc byte[StatxSize];
        if (statx(CurrentFolder, path, 0, TypeOnly, ref MemoryMarshal.GetReference(buffer)) != 0)
            return LinuxFileType.Other;
        return (BinaryPrimitives.ReadUInt16LittleEndian(buffer[StatxModeOffset..]) & TypeMask) switch
        {
            0x8000 => LinuxFileType.Regular,
            0x4000 => LinuxFileType.Directory,
            0xC000 => LinuxFileType.Socket,
            0x2000 => LinuxFileType.CharacterDevice,
            0x6000 => LinuxFileType.BlockDevice,
            _ => LinuxFileType.Other,
        };
    }

#pragma warning disable IDE1006 // The C library's own name.
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, ref byte buffer);
#pragma warning restore IDE1006
}
