using Xebec.EndToEnd.Tests.Clusters;

namespace Xebec.EndToEnd.Tests.Kubectl;

/// <summary>Every kubectl that the machine has: kubectl itself, and kubectl.1.27 to kubectl.1.33 beside it or in Google Cloud's SDK.</summary>
public static class KubectlBinaries
{
    private static readonly string[] Folders = ["/usr/lib/google-cloud-sdk/bin", "/usr/bin", "/usr/local/bin"];

    public static IEnumerable<string> Paths
    {
        get
        {
            var versioned = Folders.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "kubectl.1.*"))
                .DistinctBy(Path.GetFileName).OrderBy(Path.GetFileName, StringComparer.Ordinal).ToList();
            return versioned.Count > 0 ? versioned : Requirements.Find("kubectl") is { } only ? [only] : ["kubectl"];
        }
    }

    /// <summary>27 of kubectl.1.27; of one without a version in its name, the newest.</summary>
    public static int MinorOf(string path) => int.TryParse(Path.GetExtension(path).TrimStart('.'), out var minor) ? minor : int.MaxValue;
}
