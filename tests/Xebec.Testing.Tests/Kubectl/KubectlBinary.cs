using System.Diagnostics;

namespace Xebec.Testing.Tests.Kubectl;

/// <summary>One version of kubectl and a folder that takes what it writes, its caches too.</summary>
internal sealed class KubectlBinary : IDisposable
{
    private static readonly string[] Folders = ["/usr/lib/google-cloud-sdk/bin", "/usr/local/bin", "/usr/bin"];
    private readonly string _path;
    private readonly string _folder;

    private KubectlBinary(string path, string version)
    {
        _path = path;
        Minor = int.Parse(version.Split('.')[1]);
        _folder = Directory.CreateTempSubdirectory("xebec-kubectl-").FullName;
    }

    /// <summary>27 of 1.27.</summary>
    public int Minor { get; }

    /// <summary>The kubectl of a version; the test skips when the machine has none.</summary>
    public static KubectlBinary Find(string version)
    {
        var path = Folders.Select(f => Path.Combine(f, "kubectl." + version)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"NOT TESTED: no kubectl.{version} in {string.Join(", ", Folders)}");
        return new KubectlBinary(path!, version);
    }

    /// <summary>Runs it to its end; the output is stdout, then stderr.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(
        string kubeconfig, IEnumerable<string> words, string input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(_path, words)
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["KUBECONFIG"] = kubeconfig, ["HOME"] = _folder, ["TMPDIR"] = _folder, ["KUBE_EDITOR"] = "sed -i s/blue/green/",
            },
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await WriteAsync(process, input);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A command that fails early reads no input.
    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }
}
