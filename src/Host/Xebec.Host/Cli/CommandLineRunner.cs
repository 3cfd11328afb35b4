using System.CommandLine;
using System.CommandLine.Parsing;

namespace Xebec.Host.Cli;

/// <summary>Parses a command line and runs its command; exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.</summary>
internal static class CommandLineRunner
{
    public const int Failed = 1, WrongUsage = 2, Interrupted = 130;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, HostServices services, CancellationToken cancellationToken)
    {
        var result = XebecCommandLine.Build(services).Parse(arguments is [] ? ["--help"] : arguments);
        var isForCompletion = arguments is [var first, ..] && first.StartsWith("[suggest", StringComparison.Ordinal);
        if (result.Errors.Count > 0 && !isForCompletion) return ExplainErrors(result, services.Error);
        try
        {
            return await result.InvokeAsync(Configuration(services), cancellationToken).ConfigureAwait(false);
        }
        catch (HostException exception)
        {
            services.Error.WriteLine($"Error: {exception.Message}");
            return Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interrupted;
        }
    }

    private static InvocationConfiguration Configuration(HostServices services) => new()
    {
        Output = services.Output,
        Error = services.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private static int ExplainErrors(ParseResult result, TextWriter error)
    {
        var command = result.CommandResult.Command;
        var path = CommandPath(result.CommandResult);
        if (result.UnmatchedTokens is [var unknown, ..]) error.WriteLine(Unknown(unknown, command, path));
        else error.WriteLine($"Error: {result.Errors[0].Message}");
        error.WriteLine($"See '{path} --help'.");
        return WrongUsage;
    }

    private static string Unknown(string word, Command command, string path)
    {
        var isFlag = word.StartsWith('-');
        var name = isFlag ? word.Split('=', 2)[0] : word;
        var candidates = isFlag ? FlagNames(command) : command.Subcommands.Select(one => one.Name);
        var suggestion = Suggestion.Nearest(name, candidates);
        var question = suggestion is null ? "" : $" Did you mean {suggestion}?";
        return $"Error: unknown {(isFlag ? "flag" : "command")} {name} for '{path}'.{question}";
    }

    private static IEnumerable<string> FlagNames(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help");

    private static string CommandPath(CommandResult? result)
    {
        var names = new List<string>();
        for (; result is not null; result = result.Parent as CommandResult)
            names.Insert(0, result.Command is RootCommand ? "xebec" : result.Command.Name);
        return string.Join(' ', names);
    }
}
