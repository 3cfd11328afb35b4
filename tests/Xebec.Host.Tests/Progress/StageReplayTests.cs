using CsCheck;
using Xebec.Host.Progress;

namespace Xebec.Host.Tests.Progress;

public sealed class StageReplayTests
{
    [Fact]
    public async Task StagesOfTheDetachedProcessAreShownHere()
    {
        var (pipe, log, shown) = (new StringWriter(), new StringWriter(), new StringWriter());
        var sender = new PipeStageRunner(pipe, Plain(log));
        await sender.RunAsync("control plane", stage =>
        {
            stage.Say("two\nlines");
            return Task.FromResult("ready\tnow");
        });
        sender.WriteLine("hello");
        sender.SendReady();
        await new StageReplay(new StringReader(pipe.ToString()), Plain(shown)).RunAsync(default);

        Assert.StartsWith("control plane: two\nlines\ncontrol plane: ready\tnow (0.0", shown.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("hello\n", shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailureOfTheDetachedProcessIsOurs()
    {
        var (pipe, shown) = (new StringWriter(), new StringWriter());
        var sender = new PipeStageRunner(pipe, Plain(new StringWriter()));
        await Assert.ThrowsAsync<HostException>(() => sender.RunAsync("node", _ => throw new HostException("no containerd")));

        var failure = await Assert.ThrowsAsync<HostException>(
            () => new StageReplay(new StringReader(pipe.ToString()), Plain(shown)).RunAsync(default));
        Assert.Equal("no containerd", failure.Message);
        Assert.StartsWith("node: failed", shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeathOfTheDetachedProcessIsNoticed() => await Assert.ThrowsAsync<HostException>(
        () => new StageReplay(new StringReader("started\tnode\t\n"), Plain(new StringWriter())).RunAsync(default));

    [Fact]
    public void EventsSurviveTheirLine() => Gen.Select(Gen.String[Gen.Char["\\nt\t\n a"], 0, 12], Gen.String[Gen.Char["\\\n\tx"], 0, 12])
        .Sample((title, text) => StageEvent.Parse(new StageEvent("done", title, text).ToString()) == new StageEvent("done", title, text));

    private static PlainStageRunner Plain(TextWriter output) => new(output, TimeProvider.System);
}
