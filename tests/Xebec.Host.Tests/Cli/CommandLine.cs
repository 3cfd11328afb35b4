using Xebec.Host.Cli;
using Xebec.Host.Processes;
using Xebec.Host.Progress;

namespace Xebec.Host.Tests.Cli;

/// <summary>Runs xebec's command line inside the test, with its output caught.</summary>
internal sealed class CommandLine
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public ICommandRunner Commands { get; init; } = new FakeCommandRunner();

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public Task<int> RunAsync(params string[] arguments)
    {
        var stages = new PlainStageRunner(_output, TimeProvider.System);
        var services = new HostServices(_output, _error, Commands, stages, TimeProvider.System);
        return CommandLineRunner.RunAsync(arguments, services, TestContext.Current.CancellationToken);
    }
}
