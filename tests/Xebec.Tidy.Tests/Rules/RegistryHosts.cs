namespace Xebec.Tidy.Tests.Rules;

/// <summary>No tracked file names the host of a package registry: where packages come from is the machine's setting. (Names are put together here.)</summary>
public static class RegistryHosts
{
    public const string Name = "registry-hosts";

    private static readonly string[] Hosts =
    [
        "nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "pypi" + ".org", "pythonhosted" + ".org", "crates" + ".io", "deb.debian" + ".org",
        "security.debian" + ".org", "archive.ubuntu" + ".com", "proxy.golang" + ".org", "rubygems" + ".org", "repo1.maven" + ".org", "pkgs.dev.azure" + ".com",
        "mcr.microsoft" + ".com",
    ];

    public static IEnumerable<Finding> Check(string path, string text) =>
        from host in Hosts
        where text.Contains(host, StringComparison.OrdinalIgnoreCase)
        select new Finding(Name, path, host, 1, $"names the package registry {host}");
}
