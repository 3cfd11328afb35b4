using System.ComponentModel;
using System.Diagnostics;

namespace Xebec.Proxy.Nftables;

/// <summary>Runs the node's tools (nft, conntrack, sh) where the node's network is.</summary>
internal sealed class NodeCommands(IReadOnlyList<string> prefix)
{
    // What a shell answers for a command that is not there.
    private const int NotFound = 127;

    /// <summary>Runs one command with <paramref name="input"/> as its standard input and waits for its end.</summary>
    public async Task<NodeCommandResult> RunAsync(IReadOnlyList<string> command, string? input, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(command) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new(NotFound, "", e.Message);
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await WriteInputAsync(process, input, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    // A command that fails early closes its input before everything is written; its exit code says why.
    private static async Task WriteInputAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> command)
    {
        var words = prefix.Concat(command).ToArray();
        return new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
