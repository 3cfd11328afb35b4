using System.Text.RegularExpressions;

namespace Xebec.EndToEnd.Tests.Kubectl;

/// <summary>One call of kubectl and what must come of it.</summary>
/// <param name="Arguments">The command line, split at blanks; NS stands for the test's namespace.</param>
/// <param name="Pattern">A regular expression that stdout and stderr together must match; empty for anything.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Input">What stdin holds; null for nothing.</param>
public sealed record Step(string Arguments, string Pattern = "", int ExitCode = 0, string? Input = null)
{
    /// <summary>The first minor version of kubectl that can do it with a server of v1.36.</summary>
    public int Since { get; init; }

    /// <summary>A step that must fail, with this in its message.</summary>
    public static Step Fails(string arguments, string pattern, string? input = null) => new(arguments, pattern, 1, input);

    /// <summary>Words of the command line; a word in single quotes may hold blanks.</summary>
    public IEnumerable<string> Words(string kubectlNamespace) =>
        Regex.Matches(Arguments.Replace("NS", kubectlNamespace), "'([^']*)'|(\\S+)").Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value);
}
