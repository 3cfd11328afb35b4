namespace Xebec.Host.Processes;

/// <summary>How a command ended: its exit code and what it printed.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public CommandResult ThrowIfFailed(string what) => ExitCode == 0
        ? this
        : throw new HostException($"{what} failed with exit code {ExitCode}: {(Error.Trim().Length > 0 ? Error : Output).Trim()}");
}
