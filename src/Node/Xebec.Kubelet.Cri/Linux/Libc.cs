using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Xebec.Kubelet.Cri.Linux;

/// <summary>The system calls .NET has no name for. Each throws <see cref="Win32Exception"/> with errno's text.</summary>
internal static partial class Libc
{
    public const int SigTerm = 15;
    public const int SigKill = 9;
    private const int NoSuchProcess = 3;
    private const int InvalidArgument = 22;
    private const int CloneNewNet = 0x40000000;
    private const ulong MsBind = 4096;
    private const ulong MsRec = 16384;
    private const ulong MsShared = 1 << 20;
    private const int MntDetach = 2;

    /// <summary>False when there is no such process any more.</summary>
    public static bool Signal(int processId, int signal)
    {
        if (Kill(processId, signal) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == NoSuchProcess ? false : throw Failed($"kill {processId}");
    }

    /// <summary>Mounts a folder onto itself, so that its propagation can be set.</summary>
    public static void BindToItself(string path) => Check(Mount(path, path, null, MsBind, null), $"bind mount of {path}");

    public static void MakeSharedRecursively(string path) => Check(Mount(null, path, null, MsShared | MsRec, null), $"rshared of {path}");

    /// <summary>
    /// Takes the topmost mount at a path out of the tree now, and lets go of it when nobody uses it; no error if none is there.
    /// </summary>
    public static void Detach(string path)
    {
        if (Umount2(path, MntDetach) != 0 && Marshal.GetLastPInvokeError() is not (InvalidArgument or 2))
            throw Failed($"unmount of {path}");
    }

    /// <summary>Moves the calling thread into a network namespace: for a thread that ends afterwards.</summary>
    public static void EnterNetworkNamespace(SafeHandle file) => Check(SetNs(file, CloneNewNet), "setns");

    private static void Check(int result, string what)
    {
        if (result != 0)
            throw Failed(what);
    }

    private static Win32Exception Failed(string what)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new Win32Exception(errno, $"{what}: {Marshal.GetPInvokeErrorMessage(errno)}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string? source, string target, string? type, ulong flags, string? data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Umount2(string target, int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(SafeHandle file, int type);
}
