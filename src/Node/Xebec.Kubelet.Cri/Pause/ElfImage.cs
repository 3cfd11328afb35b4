using System.Buffers.Binary;

namespace Xebec.Kubelet.Cri.Pause;

/// <summary>Wraps machine code into the smallest ELF file Linux runs: a header, one segment that holds the whole file, the code.</summary>
internal static class ElfImage
{
    public const ushort MachineX64 = 62;
    public const ushort MachineArm64 = 183;

    /// <summary>Where the file is mapped, and so 4096-aligned; below 4 GiB, so that an address fits in 32 bits.</summary>
    public const uint BaseAddress = 0x400000;

    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;

    /// <summary>Address of the code's first byte, which is also where the program starts.</summary>
    public const uint CodeAddress = BaseAddress + HeaderSize + ProgramHeaderSize;

    public static byte[] Write(ushort machine, ReadOnlySpan<byte> code)
    {
        var image = new byte[HeaderSize + ProgramHeaderSize + code.Length];
        WriteHeader(image, machine);
        WriteProgramHeader(image.AsSpan(HeaderSize), (ulong)image.Length);
        code.CopyTo(image.AsSpan(HeaderSize + ProgramHeaderSize));
        return image;
    }

    private static void WriteHeader(Span<byte> header, ushort machine)
    {
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2 /* 64 bits */, 1 /* little-endian */, 1 /* version */];
        identity.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[16..], 2); // e_type: executable
        BinaryPrimitives.WriteUInt16LittleEndian(header[18..], machine); // e_machine
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1); // e_version
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], CodeAddress); // e_entry
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], HeaderSize); // e_phoff
        BinaryPrimitives.WriteUInt16LittleEndian(header[52..], HeaderSize); // e_ehsize
        BinaryPrimitives.WriteUInt16LittleEndian(header[54..], ProgramHeaderSize); // e_phentsize
        BinaryPrimitives.WriteUInt16LittleEndian(header[56..], 1); // e_phnum
    }

    private static void WriteProgramHeader(Span<byte> header, ulong size)
    {
        const ulong pageSize = 0x10000; // the largest page an arm64 kernel may have
        BinaryPrimitives.WriteUInt32LittleEndian(header, 1); // p_type: load
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], 5); // p_flags: read and execute
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], BaseAddress); // p_vaddr
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], BaseAddress); // p_paddr
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], size); // p_filesz
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], size); // p_memsz
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], pageSize); // p_align
    }
}
