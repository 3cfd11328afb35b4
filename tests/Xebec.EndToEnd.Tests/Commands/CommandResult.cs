namespace Xebec.EndToEnd.Tests.Commands;

/// <summary>How a program ended.</summary>
/// <param name="Command">What was run, as text for messages.</param>
/// <param name="ExitCode">Its exit code; 124 when it took too long and was killed.</param>
/// <param name="Output">What it wrote to stdout.</param>
/// <param name="Error">What it wrote to stderr.</param>
public sealed record CommandResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>The result, or a failed test with everything that the program wrote.</summary>
    public CommandResult MustSucceed() => ExitCode == 0 ? this : throw new InvalidOperationException(ToString());

    public override string ToString() => $"$ {Command}\nexit code {ExitCode}\n{Output}{(Error.Length > 0 ? "\nstderr: " + Error : "")}";
}
