using System.Runtime.InteropServices;

namespace Xebec.Host.Processes;

/// <summary>Sends signals to processes that were started by this cluster.</summary>
internal static partial class Signals
{
    private const int SigKill = 9, SigTerm = 15;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks the process to end and waits; kills it when it has not by then. True when it ended of itself.</summary>
    public static async Task<bool> TerminateAsync(
        ProcessIdentity process, TimeSpan grace, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Send(process, SigTerm);
        if (await EndedAsync(process, grace, timeProvider, cancellationToken).ConfigureAwait(false)) return true;
        Kill(process);
        await EndedAsync(process, TimeSpan.FromSeconds(10), timeProvider, cancellationToken).ConfigureAwait(false);
        return false;
    }

    public static void Kill(ProcessIdentity process) => Send(process, SigKill);

    private static void Send(ProcessIdentity process, int signal)
    {
        if (process.IsAlive) _ = SendSignal(process.Pid, signal);
    }

    private static async Task<bool> EndedAsync(
        ProcessIdentity process, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        while (process.IsAlive)
        {
            if (timeProvider.GetElapsedTime(started) > limit) return false;
            await Task.Delay(PollInterval, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
