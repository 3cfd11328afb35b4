using System.Diagnostics;

namespace Xebec.Host.Processes;

/// <summary>Runs programs of this machine; looks for them on PATH and where root's programs live.</summary>
internal sealed class CommandRunner : ICommandRunner
{
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    public string? Find(string programOrPath)
    {
        if (programOrPath.Contains('/')) return File.Exists(programOrPath) ? programOrPath : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(SystemFolders).Select(folder => Path.Combine(folder, programOrPath)).FirstOrDefault(File.Exists);
    }

    public async Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var path = Find(program);
        if (path is null) return new CommandResult(127, "", $"{program}: not found");
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        return await FinishAsync(process, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<CommandResult> FinishAsync(Process process, CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }
}
