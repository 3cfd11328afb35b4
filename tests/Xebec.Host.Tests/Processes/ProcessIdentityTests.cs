using System.Diagnostics;
using Xebec.Host.Processes;

namespace Xebec.Host.Tests.Processes;

public sealed class ProcessIdentityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PidFileFindsThisProcess()
    {
        var file = new PidFile(_folder.File("run/up.pid"));
        file.Write(ProcessIdentity.Current);

        Assert.Equal(Environment.ProcessId, file.ReadAlive()!.Pid);
        file.Delete();
        Assert.Null(file.ReadAlive());
    }

    [Fact]
    public void LaterProcessOfTheSameIdIsAnother()
    {
        var file = new PidFile(_folder.File("up.pid"));
        file.Write(ProcessIdentity.Current with { StartTicks = 1 });
        Assert.Null(file.ReadAlive());
        file.Write(ProcessIdentity.Current with { BootId = "another" });
        Assert.Null(file.ReadAlive());
        _folder.File("up.pid", "garbage");
        Assert.Null(file.ReadAlive());
    }

    [Fact]
    public async Task TerminateEndsAProcessThatListens()
    {
        using var process = Process.Start("sleep", "600");
        var identity = ProcessIdentity.Find(process.Id)!;

        Assert.True(await Signals.TerminateAsync(identity, TimeSpan.FromSeconds(60), TimeProvider.System, default));
        Assert.False(identity.IsAlive);
    }

    [Fact]
    public async Task TerminateKillsAProcessThatDoesNot()
    {
        string[] script = ["-c", "trap '' TERM; echo ready; while :; do sleep 1; done"];
        var start = new ProcessStartInfo("sh", script) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var identity = ProcessIdentity.Find(process.Id)!;

        Assert.False(await Signals.TerminateAsync(identity, TimeSpan.FromMilliseconds(50), TimeProvider.System, default));
        Assert.False(identity.IsAlive);
    }

    [Fact]
    public async Task RunnerGivesOutputExitCodeAndAbsence()
    {
        var commands = new CommandRunner();

        var result = await commands.RunAsync("sh", ["-c", "echo out; echo err >&2; exit 3"], default);
        Assert.Equal(new CommandResult(3, "out\n", "err\n"), result);
        Assert.Equal(127, (await commands.RunAsync("xebec-no-such-program", [], default)).ExitCode);
        Assert.Null(commands.Find("/nowhere/x"));
    }
}
