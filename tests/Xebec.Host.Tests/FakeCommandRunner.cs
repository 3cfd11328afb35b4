using Xebec.Host.Processes;

namespace Xebec.Host.Tests;

/// <summary>Programs that are there or not, and what they answer; remembers what was run.</summary>
internal sealed class FakeCommandRunner(params string[] programs) : ICommandRunner
{
    public List<string> Ran { get; } = [];

    public Func<string, CommandResult> Answer { get; set; } = _ => new CommandResult(0, "", "");

    public string? Find(string programOrPath) => programs.Contains(programOrPath) ? "/usr/bin/" + programOrPath : null;

    public Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var line = $"{program} {string.Join(' ', arguments)}";
        Ran.Add(line);
        return Task.FromResult(Answer(line));
    }
}
