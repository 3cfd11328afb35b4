using System.Globalization;

namespace Xebec.Host.Progress;

/// <summary>Stages as plain lines, for logs and pipes.</summary>
internal sealed class PlainStageRunner(TextWriter output, TimeProvider timeProvider) : IStageRunner
{
    public async Task RunAsync(string title, Func<IStage, Task<string>> work)
    {
        var started = timeProvider.GetTimestamp();
        try
        {
            var detail = await work(new Stage(output, title)).ConfigureAwait(false);
            output.WriteLine($"{title}: {detail} ({Seconds(timeProvider.GetElapsedTime(started))})");
        }
        catch (Exception)
        {
            output.WriteLine($"{title}: failed ({Seconds(timeProvider.GetElapsedTime(started))})");
            throw;
        }
    }

    public void WriteLine(string text) => output.WriteLine(text);

    internal static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private sealed class Stage(TextWriter output, string title) : IStage
    {
        public void Say(string text) => output.WriteLine($"{title}: {text}");
    }
}
