using System.Diagnostics;

namespace Xebec.EndToEnd.Tests.Commands;

/// <summary>Runs programs with a time limit, in a network namespace and with variables of their own.</summary>
public sealed class CommandRunner(IReadOnlyList<string> prefix, IReadOnlyDictionary<string, string> variables)
{
    private const int TimedOut = 124;
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs on the machine as it is.</summary>
    public static CommandRunner OnMachine { get; } = new([], new Dictionary<string, string>());

    public async Task<CommandResult> RunAsync(
        string program, IEnumerable<string> arguments, string? input = null, string? folder = null, TimeSpan? limit = null)
    {
        string[] command = [.. prefix, program, .. arguments];
        var text = string.Join(' ', command[prefix.Count..]);
        using var process = Start(command, folder);
        using var patience = new CancellationTokenSource(limit ?? DefaultLimit);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return new CommandResult(text, process.ExitCode, await output, await error);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            var partial = output.IsCompletedSuccessfully ? output.Result : "";
            return new CommandResult(text, TimedOut, partial, $"no end within {(limit ?? DefaultLimit).TotalSeconds} s ({exception.Message})");
        }
    }

    /// <summary>Starts a program that runs on; the caller ends it.</summary>
    public Process StartInBackground(string program, IEnumerable<string> arguments) => Start([.. prefix, program, .. arguments], null);

    private Process Start(string[] command, string? folder)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        start.Environment["PATH"] += ":/usr/sbin:/sbin";
        start.Environment["LC_ALL"] = "C.UTF-8";
        return Process.Start(start)!;
    }
}
