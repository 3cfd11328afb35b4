using Xebec.Host.Processes;
using Xebec.Host.Progress;

namespace Xebec.Host.Cli;

/// <summary>What the commands use of the world around them.</summary>
internal sealed record HostServices(
    TextWriter Output, TextWriter Error, ICommandRunner Commands, IStageRunner Stages, TimeProvider TimeProvider)
{
    /// <summary>This machine, with progress that suits the output: alive on a terminal, plain lines elsewhere.</summary>
    public static HostServices ForThisMachine()
    {
        var stages = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb"
            ? new PlainStageRunner(Console.Out, TimeProvider.System)
            : OnTerminal();
        return new HostServices(Console.Out, Console.Error, new CommandRunner(), stages, TimeProvider.System);
    }

    private static IStageRunner OnTerminal() => new TerminalStageRunner(Spectre.Console.AnsiConsole.Console, TimeProvider.System);
}
