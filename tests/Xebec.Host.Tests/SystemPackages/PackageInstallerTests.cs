using Xebec.Host.Processes;
using Xebec.Host.Progress;
using Xebec.Host.SystemPackages;

namespace Xebec.Host.Tests.SystemPackages;

public sealed class PackageInstallerTests
{
    private static readonly string[] AllButTwo = ["containerd", "runc", "conntrack", "ip", "iptables", "mount", "nsenter"];
    private readonly StringWriter _output = new();

    [Fact]
    public async Task NothingMissingRunsNothing()
    {
        var commands = new FakeCommandRunner([.. PackageRequirement.Node.Select(one => one.Program)]);
        await EnsureAsync(commands, mayInstall: false);

        Assert.Empty(commands.Ran);
    }

    [Fact]
    public async Task MissingPackagesAreInstalledAndExplained()
    {
        var commands = new FakeCommandRunner([.. AllButTwo, "apt-get"]);
        await EnsureAsync(commands, mayInstall: true);

        Assert.Equal(
            ["apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 containernetworking-plugins nftables"], commands.Ran);
        Assert.Contains("nftables (nft): routes Services to pods", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedInstallUpdatesTheListsAndTriesAgain()
    {
        var commands = new FakeCommandRunner([.. AllButTwo, "apt-get"]);
        commands.Answer = line => new CommandResult(commands.Ran.Count == 1 ? 100 : 0, "", "E: Unable to locate package nftables");
        await EnsureAsync(commands, mayInstall: true);

        Assert.Equal(["install", "update", "install"], commands.Ran.Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task SecondFailureIsReportedWithAptsReason()
    {
        var commands = new FakeCommandRunner([.. AllButTwo, "apt-get"])
        {
            Answer = line => new CommandResult(line.Contains(" update ", StringComparison.Ordinal) ? 0 : 100, "", "E: no space left"),
        };

        var failure = await Assert.ThrowsAsync<HostException>(() => EnsureAsync(commands, mayInstall: true));
        Assert.Contains("exit code 100: E: no space left", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoInstallListsAndStops()
    {
        var commands = new FakeCommandRunner([.. AllButTwo, "apt-get"]);

        var failure = await Assert.ThrowsAsync<HostException>(() => EnsureAsync(commands, mayInstall: false));
        Assert.Contains("--no-install-recommends containernetworking-plugins nftables", failure.Message, StringComparison.Ordinal);
        Assert.Empty(commands.Ran);
    }

    [Fact]
    public async Task SystemsWithoutAptAreToldWhatToBring()
    {
        var failure = await Assert.ThrowsAsync<HostException>(() => EnsureAsync(new FakeCommandRunner(AllButTwo), mayInstall: true));

        Assert.Contains("no apt-get", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("/usr/lib/cni/bridge, nft", failure.Message, StringComparison.Ordinal);
    }

    private Task EnsureAsync(FakeCommandRunner commands, bool mayInstall) =>
        new PackageInstaller(commands, new PlainStageRunner(_output, TimeProvider.System))
            .EnsureAsync(PackageRequirement.Node, mayInstall, default);
}
