using System.Diagnostics;
using Xebec.Kubelet.Cri.Linux;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>
/// Starts and stops the daemon's process. It has a session of its own: neither a terminal's signals nor our death reach it.
/// </summary>
internal static class ContainerdProcess
{
    private const long MaxLogBytes = 16 << 20;

    // The shell writes the pid file before it becomes containerd: there is no moment when it runs and nobody knows of it.
    private const string Launcher = """
        read -r stat </proc/$$/stat
        read -r boot </proc/sys/kernel/random/boot_id
        pidfile=$1 log=$2
        shift 2
        identity() { echo "$1 ${22} $boot"; }
        identity $stat >"$pidfile.tmp" && mv "$pidfile.tmp" "$pidfile" || exit 1
        exec "$@" >>"$log" 2>&1 </dev/null
        """;

    /// <summary>Runs containerd; answers once it is in the pid file, not when it is ready.</summary>
    public static async Task<ProcessIdentity> LaunchAsync(
        ContainerdOptions options, ContainerdPaths paths, CancellationToken cancellationToken)
    {
        RotateLog(paths.LogFile);
        File.Delete(paths.PidFile);
        var start = new ProcessStartInfo("setsid") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["sh", "-c", Launcher, "sh", paths.PidFile, paths.LogFile])
            start.ArgumentList.Add(argument);
        if (options.NetworkNamespace is { } networkNamespace)
        {
            start.ArgumentList.Add("nsenter");
            start.ArgumentList.Add($"--net={networkNamespace}");
        }
        foreach (var argument in (string[])[options.ContainerdPath, "--config", paths.ConfigFile])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        // The pipe ends when the shell hands its outputs over to the log, or dies with a word of why.
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        return ProcessIdentity.ReadFile(paths.PidFile)
            ?? throw new InvalidOperationException($"containerd cannot be started in {paths.DataDir}: {errors}");
    }

    /// <summary>Asks it to end and waits until it has; pods live on.</summary>
    public static async Task StopAsync(ProcessIdentity identity, CancellationToken cancellationToken)
    {
        if (identity.IsAlive())
            Libc.Signal(identity.ProcessId, Libc.SigTerm);
        await WaitForExitAsync(identity, cancellationToken);
    }

    /// <summary>Returns when the process is over.</summary>
    public static async Task WaitForExitAsync(ProcessIdentity identity, CancellationToken cancellationToken)
    {
        if (!identity.IsAlive())
            return;
        try
        {
            using var process = Process.GetProcessById(identity.ProcessId);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // It ended between the look and the wait.
        }
    }

    private static void RotateLog(string logFile)
    {
        if (new FileInfo(logFile) is { Exists: true, Length: > MaxLogBytes })
            File.Move(logFile, logFile + ".1", overwrite: true);
    }
}
