using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Xebec.Kubelet.Cri.Pause;

/// <summary>
/// The one process of every sandbox, as an ELF file of some 230 bytes, written here so that no node needs a compiler. It ignores
/// SIGCHLD, so that the kernel itself reaps what is left to it when it is pid 1 of a shared pid namespace, blocks SIGTERM and SIGINT
/// (a blocked signal reaches even pid 1), and waits for one of them to exit with 0.
/// </summary>
internal static class PauseProgram
{
    /// <summary>The program for an architecture.</summary>
    /// <exception cref="PlatformNotSupportedException">It is neither x64 nor arm64.</exception>
    public static byte[] Write(Architecture architecture) => architecture switch
    {
        Architecture.X64 => ElfImage.Write(ElfImage.MachineX64, X64()),
        Architecture.Arm64 => ElfImage.Write(ElfImage.MachineArm64, Arm64()),
        _ => throw new PlatformNotSupportedException($"No pause program for {architecture}; nodes are x64 or arm64."),
    };

    /// <summary>Bit n-1 is signal n: SIGINT (2) and SIGTERM (15), as a sigset_t in little-endian.</summary>
    private static ReadOnlySpan<byte> EndSignals => [0x02, 0x40, 0, 0, 0, 0, 0, 0];

    /// <summary>The kernel's struct sigaction: handler SIG_IGN (1), no flags, no restorer, an empty mask.</summary>
    private static ReadOnlySpan<byte> IgnoreAction =>
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] X64()
    {
        const int signalsOffset = 64, actionOffset = signalsOffset + 8;
        var signals = ElfImage.CodeAddress + signalsOffset;
        var action = ElfImage.CodeAddress + actionOffset;
        byte[] code =
        [
            // rt_sigaction(SIGCHLD, &action, null, 8)
            0x6a, 13, 0x58, //                          push 13; pop rax
            0x6a, 17, 0x5f, //                          push 17; pop rdi
            0xbe, .. Address(action), //                mov esi, action
            0x31, 0xd2, //                              xor edx, edx
            0x6a, 8, 0x41, 0x5a, //                     push 8; pop r10
            0x0f, 0x05, //                              syscall
            // rt_sigprocmask(SIG_BLOCK, &signals, null, 8)
            0x6a, 14, 0x58, //                          push 14; pop rax
            0x31, 0xff, //                              xor edi, edi
            0xbe, .. Address(signals), //               mov esi, signals
            0x31, 0xd2, //                              xor edx, edx
            0x0f, 0x05, //                              syscall (r10 still holds 8)
            // wait: rt_sigtimedwait(&signals, null, null, 8)
            0xb8, 128, 0, 0, 0, //                      mov eax, 128
            0xbf, .. Address(signals), //               mov edi, signals
            0x31, 0xf6, //                              xor esi, esi
            0x31, 0xd2, //                              xor edx, edx
            0x0f, 0x05, //                              syscall
            0x85, 0xc0, //                              test eax, eax
            0x78, 0xec, //                              js wait (an error: stopped and continued)
            // exit_group(0)
            0xb8, 231, 0, 0, 0, //                      mov eax, 231
            0x31, 0xff, //                              xor edi, edi
            0x0f, 0x05, //                              syscall
            0, 0, //                                    padding up to the data
        ];
        return [.. code, .. EndSignals, .. IgnoreAction];
    }

    private static byte[] Arm64()
    {
        const uint callKernel = 0xd4000001; // svc #0
        const int signalsOffset = 80, actionOffset = signalsOffset + 8;
        uint[] code =
        [
            // rt_sigaction(SIGCHLD, &action, null, 8)
            Move(8, 134), Move(0, 17), AddressOf(1, at: 2, actionOffset), Move(2, 0), Move(3, 8), callKernel,
            // rt_sigprocmask(SIG_BLOCK, &signals, null, 8)
            Move(8, 135), Move(0, 0), AddressOf(1, at: 8, signalsOffset), callKernel,
            // wait: rt_sigtimedwait(&signals, null, null, 8)
            Move(8, 137), AddressOf(0, at: 11, signalsOffset), Move(1, 0), Move(2, 0), callKernel,
            0xb7f80000 | (unchecked((uint)-5) & 0x3fff) << 5, // tbnz x0, #63, wait (five instructions back)
            // exit_group(0)
            Move(8, 94), Move(0, 0), callKernel, callKernel,
        ];
        var bytes = new byte[code.Length * sizeof(uint)];
        for (var index = 0; index < code.Length; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * sizeof(uint)), code[index]);
        return [.. bytes, .. EndSignals, .. IgnoreAction];

        // movz xREGISTER, #VALUE
        static uint Move(uint register, uint value) => 0xd2800000 | value << 5 | register;

        // adr xREGISTER, TARGET (in bytes from the code's start; both ends are multiples of four, so the low two bits stay zero)
        static uint AddressOf(uint register, int at, int target) => 0x10000000 | (uint)((target - at * sizeof(uint)) >> 2) << 5 | register;
    }

    private static byte[] Address(uint address)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, address);
        return bytes;
    }
}
