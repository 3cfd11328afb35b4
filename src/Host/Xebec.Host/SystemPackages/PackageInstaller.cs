using Xebec.Host.Processes;
using Xebec.Host.Progress;

namespace Xebec.Host.SystemPackages;

/// <summary>Brings the machine's packages to what a node needs.</summary>
internal sealed class PackageInstaller(ICommandRunner commands, IStageRunner stages)
{
    private static readonly string[] InstallArguments =
        ["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"];

    /// <summary>Installs what is missing, saying which and why.</summary>
    /// <exception cref="HostException">Something is missing and may not or cannot be installed.</exception>
    public Task EnsureAsync(IReadOnlyList<PackageRequirement> required, bool mayInstall, CancellationToken cancellationToken) =>
        stages.RunAsync("system packages", async stage =>
        {
            var plan = PackagePlan.Detect(required, commands);
            if (plan.Missing.Count == 0) return "all there";
            var list = string.Concat(plan.Lines.Select(line => "\n  " + line));
            if (!mayInstall || !plan.HasApt) throw new HostException($"system packages are missing:{list}\n{plan.Advice}");
            stage.Say($"installing with apt-get:{list}");
            await InstallAsync(plan, cancellationToken).ConfigureAwait(false);
            return "installed " + string.Join(", ", plan.Packages);
        });

    private async Task InstallAsync(PackagePlan plan, CancellationToken cancellationToken)
    {
        var first = await AptInstallAsync(plan, cancellationToken).ConfigureAwait(false);
        if (first.ExitCode == 0) return;
        string[] update = ["update", "-o", "DPkg::Lock::Timeout=300"];
        (await commands.RunAsync("apt-get", update, cancellationToken).ConfigureAwait(false)).ThrowIfFailed("apt-get update");
        (await AptInstallAsync(plan, cancellationToken).ConfigureAwait(false)).ThrowIfFailed("apt-get install");
    }

    private Task<CommandResult> AptInstallAsync(PackagePlan plan, CancellationToken cancellationToken) =>
        commands.RunAsync("apt-get", [.. InstallArguments, .. plan.Packages], cancellationToken);
}
