namespace Xebec.Testing.Tests.Clients;

/// <summary>The scripts of tests/clients/node, copied beside the tests, with their packages.</summary>
internal static class NodeScripts
{
    private static readonly SemaphoreSlim Installing = new(1);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "clients", "node");

    /// <summary>The folder to run them in; npm fetches the packages when the lockfile's are not there yet.</summary>
    public static async Task<string> InstallAsync(CancellationToken cancellation)
    {
        Assert.SkipUnless(Programs.Find("node") && Programs.Find("npm"), "NOT TESTED: the Node client needs node and npm");
        await Installing.WaitAsync(cancellation);
        try
        {
            if (!IsInstalled())
            {
                var installed = await Programs.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], Folder, "", cancellation);
                Assert.SkipUnless(installed.ExitCode == 0, $"NOT TESTED: npm could not fetch the Node client: {installed.Output}");
            }
        }
        finally
        {
            Installing.Release();
        }

        return Folder;
    }

    private static bool IsInstalled()
    {
        var marker = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        return marker.Exists && marker.LastWriteTimeUtc >= new FileInfo(Path.Combine(Folder, "package-lock.json")).LastWriteTimeUtc;
    }
}
