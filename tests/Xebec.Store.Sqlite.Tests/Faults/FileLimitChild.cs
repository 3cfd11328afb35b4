using System.Runtime.InteropServices;

namespace Xebec.Store.Sqlite.Tests.Faults;

/// <summary>
/// A child process that lowers its own file size limit, so that the kernel fails the store's writes with EFBIG (an I/O error to SQLite),
/// and raises it again; its exit code says at which step it went wrong.
/// </summary>
internal static class FileLimitChild
{
    public const string Argument = "--lower-file-limit";

    private const int FileSizeExceededSignal = 25;
    private const int FileSizeResource = 1;

    public static async Task<int> RunAsync(string path)
    {
        signal(FileSizeExceededSignal, 1);
        await using var store = await TestFolder.OpenAsync(path);
        var first = await store.CreateAsync("/before", new byte[100]);
        SetLimit((ulong)new FileInfo(path + "-wal").Length);
        string message;
        try
        {
            await store.CreateAsync("/failed", new byte[100_000]);
            return 10;
        }
        catch (StoreUnavailableException e)
        {
            message = e.Message;
        }
        if (!message.Contains("I/O error", StringComparison.Ordinal))
            return 11;
        if ((await store.GetAsync("/before"))?.ModRevision != first.Revision || (await store.RangeAsync("/")).Entries.Count != 1)
            return 12;
        SetLimit(ulong.MaxValue);
        var after = await store.CreateAsync("/after", new byte[100_000]);
        return after.Succeeded && after.Revision == first.Revision + 1 && await store.GetAsync("/failed") is null ? 0 : 13;
    }

    private static void SetLimit(ulong bytes)
    {
        var limit = new ResourceLimit { Soft = bytes, Hard = ulong.MaxValue };
        if (setrlimit(FileSizeResource, ref limit) != 0)
            throw new InvalidOperationException($"setrlimit failed with error {Marshal.GetLastPInvokeError()}");
    }

    [DllImport("libc")]
    private static extern nint signal(int signal, nint handler);

    [DllImport("libc", SetLastError = true)]
    private static extern int setrlimit(int resource, ref ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
