using System.Diagnostics;

namespace Xebec.Kubelet.Cri.Linux;

/// <summary>Runs a program of the node (ip, nft, ctr) to its end.</summary>
internal static class HostCommand
{
    /// <summary>Answers the standard output; a failure's message is the program's own.</summary>
    /// <exception cref="HostCommandException">It could not be started, or ended with another code than 0.</exception>
    public static async Task<string> RunAsync(
        string program, IReadOnlyList<string> arguments, string? networkNamespace = null, string input = "",
        CancellationToken cancellationToken = default)
    {
        using var process = Start(program, arguments, networkNamespace);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new HostCommandException(program, arguments, process.ExitCode, (await errors).Trim());
            return await output;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, string? networkNamespace)
    {
        var start = new ProcessStartInfo(networkNamespace is null ? program : "nsenter")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (networkNamespace is not null)
        {
            start.ArgumentList.Add($"--net={networkNamespace}");
            start.ArgumentList.Add(program);
        }
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new HostCommandException(program, arguments, -1, error.Message);
        }
    }
}
