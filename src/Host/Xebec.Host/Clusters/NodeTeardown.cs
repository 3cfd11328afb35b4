using System.Globalization;
using Xebec.Host.Processes;

namespace Xebec.Host.Clusters;

/// <summary>
/// Takes away whatever a node left on the machine, however it ended: processes, mounts, cgroups, links, network namespaces, rules.
/// It touches only what carries the cluster's id or lies below its data folder.
/// </summary>
internal sealed class NodeTeardown(DataFolder dataFolder, string clusterId, ICommandRunner commands, TimeProvider timeProvider)
{
    private const int CgroupAttempts = 50;
    private static readonly TimeSpan ContainerGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RuntimeGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CgroupInterval = TimeSpan.FromMilliseconds(20);
    private readonly Cgroups _cgroups = new("/sys/fs/cgroup", clusterId);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await TerminateAllAsync(_cgroups.Processes(), ContainerGrace, cancellationToken).ConfigureAwait(false);
        await TerminateAllAsync(RuntimeProcesses(), RuntimeGrace, cancellationToken).ConfigureAwait(false);
        MountTable.DetachBelow(dataFolder.Root);
        MountTable.DetachBelow($"/run/xebec-{clusterId}");
        await DeleteLinksAsync(cancellationToken).ConfigureAwait(false);
        await DeleteRulesAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < CgroupAttempts && _cgroups.Find().Count > 0; i++)
        {
            _cgroups.Remove();
            await Task.Delay(CgroupInterval, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        if (Directory.Exists($"/run/xebec-{clusterId}")) Directory.Delete($"/run/xebec-{clusterId}", recursive: true);
    }

    /// <summary>The tables of `nft list tables` whose name carries the id, as family and name.</summary>
    internal static IEnumerable<(string Family, string Name)> Tables(string listing, string clusterId) =>
        from line in listing.Split('\n')
        let parts = line.Trim().Split(' ')
        where parts is ["table", _, _] && parts[2].Contains(clusterId, StringComparison.Ordinal)
        select (parts[1], parts[2]);

    private Task TerminateAllAsync(IEnumerable<ProcessIdentity> processes, TimeSpan grace, CancellationToken cancellationToken) =>
        Task.WhenAll(processes.Select(process => Signals.TerminateAsync(process, grace, timeProvider, cancellationToken)));

    private List<ProcessIdentity> RuntimeProcesses() =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
            .Where(IsRuntime).Select(ProcessIdentity.Find).OfType<ProcessIdentity>(),
    ];

    private bool IsRuntime(int pid)
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return Path.GetFileName(arguments[0]).StartsWith("containerd", StringComparison.Ordinal)
                && arguments.Any(one => one.StartsWith(dataFolder.Root + "/", StringComparison.Ordinal) || one.Contains($"xebec-{clusterId}", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task DeleteLinksAsync(CancellationToken cancellationToken)
    {
        foreach (var name in Directory.EnumerateFileSystemEntries("/sys/class/net").Select(Path.GetFileName))
            if (name!.Contains(clusterId, StringComparison.Ordinal))
                await commands.RunAsync("ip", ["link", "delete", name], cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteRulesAsync(CancellationToken cancellationToken)
    {
        var listing = await commands.RunAsync("nft", ["list", "tables"], cancellationToken).ConfigureAwait(false);
        foreach (var (family, name) in Tables(listing.Output, clusterId))
            await commands.RunAsync("nft", ["delete", "table", family, name], cancellationToken).ConfigureAwait(false);
    }
}
