using System.Globalization;
using Microsoft.Extensions.Logging;
using Xebec.Kubelet.Cri.Linux;
using Xebec.Kubelet.Cri.Network;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Containerd;

/// <summary>
/// Ends a node's containerd, all its pods, and every trace they left on the machine: processes, mounts, network, control groups. Each
/// thing is found by the node's own folders and names. Works on what is left after any crash; idempotent.
/// </summary>
public static class ContainerdTeardown
{
    private const int SandboxesAtOnce = 8;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Removes it all; the images and containerd's other data go too if <paramref name="deleteData"/> says so.</summary>
    public static async Task RunAsync(
        ContainerdOptions options, bool deleteData, TimeProvider timeProvider, ILogger logger,
        CancellationToken cancellationToken = default)
    {
        var paths = new ContainerdPaths(Path.GetFullPath(options.DataDir));
        var identity = ProcessIdentity.ReadFile(paths.PidFile);
        if (identity?.IsAlive() == true)
        {
            await RemoveSandboxesAsync(paths, timeProvider, logger, cancellationToken);
            await ContainerdProcess.StopAsync(identity, cancellationToken);
        }
        await KillTasksAsync(paths, cancellationToken);
        NodeMounts.RemoveBelow(paths.DataDir);
        await NodeNetwork.RemoveAsync(options, cancellationToken);
        await Cgroups.RemoveAsync(options.CgroupRoot, cancellationToken);
        ForgetNetworkResults(NodeNames.Bridge(options.ClusterId));
        if (Directory.Exists(paths.DataDir))
            DeleteFiles(paths, deleteData);
    }

    private static async Task RemoveSandboxesAsync(
        ContainerdPaths paths, TimeProvider timeProvider, ILogger logger, CancellationToken cancellationToken)
    {
        await using var runtime = new CriContainerRuntime(paths.Socket, timeProvider);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            var sandboxes = await runtime.ListPodSandboxesAsync(cancellationToken: patience.Token);
            var limit = new ParallelOptions { MaxDegreeOfParallelism = SandboxesAtOnce, CancellationToken = patience.Token };
            await Parallel.ForEachAsync(sandboxes, limit, async (sandbox, token) => await RemoveAsync(runtime, sandbox.Id, logger, token));
        }
        catch (Exception error) when (error is RuntimeException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ContainerdLog.SandboxLeft(logger, "", error.Message);
        }
    }

    private static async Task RemoveAsync(
        CriContainerRuntime runtime, string podSandboxId, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await runtime.StopPodSandboxAsync(podSandboxId, cancellationToken);
            await runtime.RemovePodSandboxAsync(podSandboxId, cancellationToken);
        }
        catch (RuntimeException error)
        {
            ContainerdLog.SandboxLeft(logger, podSandboxId, error.Message);
        }
    }

    /// <summary>What containerd could not end: each bundle names its container's first process, and its shim works in its folder.</summary>
    internal static async Task KillTasksAsync(ContainerdPaths paths, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(paths.TasksDir))
            return;
        await Processes.KillAsync(ShimsOf(paths.TasksDir), cancellationToken);
        foreach (var bundle in Directory.GetDirectories(paths.TasksDir))
        {
            var pidFile = Path.Combine(bundle, "init.pid");
            if (File.Exists(pidFile) && int.TryParse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture, out var processId))
                await Processes.KillAsync(Cgroups.ProcessesBeside(processId, Path.GetFileName(bundle)), cancellationToken);
            DeleteShimSocket(Path.Combine(bundle, "address"));
        }
    }

    private static List<int> ShimsOf(string tasksDir)
    {
        var shims = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var processId))
                continue;
            if (WorkingDirOf(folder) is { } workingDir && NodeMounts.IsAtOrBelow(workingDir, tasksDir))
                shims.Add(processId);
        }
        return shims;
    }

    private static string? WorkingDirOf(string processFolder)
    {
        try
        {
            return new FileInfo(Path.Combine(processFolder, "cwd")).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A shim's socket lies in /run under a hash; its bundle keeps the address.</summary>
    private static void DeleteShimSocket(string addressFile)
    {
        const string scheme = "unix://";
        if (File.Exists(addressFile) && File.ReadAllText(addressFile) is var address
            && address.StartsWith(scheme, StringComparison.Ordinal))
            File.Delete(address[scheme.Length..]);
    }

    /// <summary>The CNI library's memory of what it attached to our network, and of the same sandboxes' loopback.</summary>
    private static void ForgetNetworkResults(string networkName)
    {
        const string results = "/var/lib/cni/results", podInterface = "-eth0";
        if (!Directory.Exists(results))
            return;
        foreach (var file in Directory.GetFiles(results, $"{networkName}-*{podInterface}"))
        {
            var podSandboxId = Path.GetFileName(file)[(networkName.Length + 1)..^podInterface.Length];
            File.Delete(Path.Combine(results, $"cni-loopback-{podSandboxId}-lo"));
            File.Delete(file);
        }
    }

    private static void DeleteFiles(ContainerdPaths paths, bool deleteData)
    {
        foreach (var folder in (string[])[paths.StateDir, paths.RuncDir, paths.CniDataDir])
            Delete(folder);
        File.Delete(paths.PidFile);
        File.Delete(paths.Socket);
        File.Delete(paths.Socket + ".ttrpc");
        if (Path.GetDirectoryName(paths.Socket)! is var socketDir && socketDir != paths.DataDir)
            Delete(socketDir);
        if (deleteData)
            Delete(paths.DataDir);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
