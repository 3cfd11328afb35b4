namespace Xebec.Host.Processes;

/// <summary>Runs other programs; tests put their own in its place.</summary>
internal interface ICommandRunner
{
    /// <summary>Path of the program that this name starts, or of this path when it is one; null when it is not there.</summary>
    string? Find(string programOrPath);

    /// <summary>Runs a program to its end. A failure is an exit code, not an exception.</summary>
    Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}
