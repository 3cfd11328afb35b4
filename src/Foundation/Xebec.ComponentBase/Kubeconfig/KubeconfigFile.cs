namespace Xebec.ComponentBase.Kubeconfig;

/// <summary>Finds and edits kubeconfig files as kubectl does.</summary>
public static class KubeconfigFile
{
    /// <summary>
    /// The file that kubectl would change: the one given, else the first of $KUBECONFIG that exists (its last when none does),
    /// else HOME/.kube/config.
    /// </summary>
    public static string Locate(string? explicitPath, string? kubeconfigVariable, string homeFolder)
    {
        if (!string.IsNullOrEmpty(explicitPath)) return Path.GetFullPath(explicitPath);
        var listed = (kubeconfigVariable ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return listed.FirstOrDefault(File.Exists) ?? listed.LastOrDefault() ?? Path.Combine(homeFolder, ".kube", "config");
    }

    /// <summary>Adds or replaces the entry and makes it current; the file is replaced in one step, mode 0600.</summary>
    /// <exception cref="InvalidDataException">The file is there but is not a kubeconfig; it is left alone.</exception>
    public static void Merge(string path, KubeconfigEntry entry)
    {
        var target = Target(path);
        PrivateFile.Write(target, KubeconfigText.Merge(Read(target), entry));
    }

    /// <summary>Takes the entry of this name out; does nothing when there is no file.</summary>
    /// <exception cref="InvalidDataException">The file is there but is not a kubeconfig; it is left alone.</exception>
    public static void Remove(string path, string name)
    {
        var target = Target(path);
        if (File.Exists(target)) PrivateFile.Write(target, KubeconfigText.Remove(Read(target), name));
    }

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    private static string Target(string path) =>
        File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
}
