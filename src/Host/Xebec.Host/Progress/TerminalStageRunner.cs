using Spectre.Console;

namespace Xebec.Host.Progress;

/// <summary>Stages with a spinner while they run and a tick and their time when they are done.</summary>
internal sealed class TerminalStageRunner(IAnsiConsole console, TimeProvider timeProvider) : IStageRunner
{
    private const int TitleWidth = 22;

    public async Task RunAsync(string title, Func<IStage, Task<string>> work)
    {
        var started = timeProvider.GetTimestamp();
        try
        {
            var detail = await console.Status().Spinner(Spinner.Known.Dots)
                .StartAsync(Markup.Escape(title), context => work(new Stage(console, context, title))).ConfigureAwait(false);
            WriteEnd("[green]✓[/]", title, detail, started);
        }
        catch (Exception)
        {
            WriteEnd("[red]✗[/]", title, "failed", started);
            throw;
        }
    }

    public void WriteLine(string text) => console.WriteLine(text);

    private void WriteEnd(string mark, string title, string detail, long started)
    {
        var seconds = PlainStageRunner.Seconds(timeProvider.GetElapsedTime(started));
        console.MarkupLine($"{mark} {Markup.Escape(title.PadRight(TitleWidth))} [grey]{seconds,9}[/]  {Markup.Escape(detail)}");
    }

    private sealed class Stage(IAnsiConsole console, StatusContext context, string title) : IStage
    {
        public void Say(string text)
        {
            if (text.Contains('\n')) console.WriteLine(text);
            else context.Status = Markup.Escape($"{title}: {text}");
        }
    }
}
