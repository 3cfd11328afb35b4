using Xebec.Host.Processes;

namespace Xebec.Host.SystemPackages;

/// <summary>What is missing on this machine, and whether it can be installed here.</summary>
internal sealed record PackagePlan(IReadOnlyList<PackageRequirement> Missing, bool HasApt)
{
    public static PackagePlan Detect(IReadOnlyList<PackageRequirement> required, ICommandRunner commands) =>
        new([.. required.Where(one => commands.Find(one.Program) is null)], commands.Find("apt-get") is not null);

    /// <summary>One line for each missing package: its name and why it is needed.</summary>
    public IEnumerable<string> Lines => Missing.Select(one => $"{one.Package} ({one.Program}): {one.Reason}");

    /// <summary>The packages, each once, in the order of the table.</summary>
    public IReadOnlyList<string> Packages => [.. Missing.Select(one => one.Package).Distinct()];

    /// <summary>What the user must do when Xebec may not, or cannot, install.</summary>
    public string Advice => HasApt
        ? $"install them with: apt-get install -y --no-install-recommends {string.Join(' ', Packages)}"
        : "this system has no apt-get: install the packages that bring these programs with its own package manager: "
            + string.Join(", ", Missing.Select(one => one.Program));
}
