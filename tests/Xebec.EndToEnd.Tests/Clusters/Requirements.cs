namespace Xebec.EndToEnd.Tests.Clusters;

/// <summary>What the machine must have for a real cluster.</summary>
public static class Requirements
{
    private static readonly string[] Programs = ["containerd", "runc", "nft", "ip", "nsenter", "kubectl", "perl"];

    /// <summary>Why no cluster can run here; null when it can.</summary>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux()) return "a real cluster needs Linux";
        if (!Environment.IsPrivilegedProcess) return "a real cluster needs root";
        var missing = Programs.Where(program => Find(program) is null).ToList();
        return missing.Count > 0 ? $"a real cluster needs {string.Join(", ", missing)}" : null;
    }

    public static string? Find(string program) =>
        ((Environment.GetEnvironmentVariable("PATH") ?? "") + ":/usr/sbin:/sbin").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
