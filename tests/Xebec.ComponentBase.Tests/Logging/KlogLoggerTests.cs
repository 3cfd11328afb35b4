using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xebec.ComponentBase.Logging;

namespace Xebec.ComponentBase.Tests.Logging;

public sealed partial class KlogLoggerTests
{
    private readonly MemoryStream _output = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 4, 5, 6, 7, TimeSpan.Zero));

    [Fact]
    public void LineIsKlogsStructuredText()
    {
        using var factory = new KlogLoggerFactory(_output, _time);
        Bound(factory.CreateLogger("Xebec.Scheduler"), "default/a \"b\"\n", 3, true);

        Assert.Equal(
            $"I1103 04:05:06.007000 {Environment.ProcessId,7} Scheduler] \"Bound pod\" pod=\"default/a \\\"b\\\"\\n\" nodes=3 ok=true\n",
            Text);
    }

    [Fact]
    public void PairsInTheTemplateAreWrittenOnce()
    {
        using var factory = new KlogLoggerFactory(_output, _time);
        Opened(factory.CreateLogger("Xebec.Store"), "/x", 7);

        Assert.EndsWith("Store] \"Store opened\" file=\"/x\" revision=7\n", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void FrameworkIsHeardFromWarningOn()
    {
        using var factory = new KlogLoggerFactory(_output, _time);
        Opened(factory.CreateLogger("Microsoft.AspNetCore.Hosting"), "/x", 7);

        Assert.Empty(Text);
    }

    [Fact]
    public void ErrorCarriesItsExceptionAndDebugIsDropped()
    {
        using var factory = new KlogLoggerFactory(_output, _time);
        var logger = factory.CreateLogger("Kubelet");
        Debugging(logger);
        Failed(logger, new IOException("gone"));

        Assert.StartsWith("E1103 ", Text, StringComparison.Ordinal);
        Assert.EndsWith("\"Failed\" err=\"System.IO.IOException: gone\"\n", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void FileIsAppendedTo()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 2; i++)
        {
            using var factory = KlogLoggerFactory.ToFile(folder.File("logs/x.log"), _time);
            Failed(factory.CreateLogger("A"), new IOException("gone"));
        }

        Assert.Equal(2, File.ReadAllLines(folder.File("logs/x.log")).Length);
    }

    private string Text => Encoding.UTF8.GetString(_output.ToArray());

    [LoggerMessage(1, LogLevel.Information, "Bound pod")]
    private static partial void Bound(ILogger logger, string pod, int nodes, bool ok);

    [LoggerMessage(4, LogLevel.Information, "Store opened file=\"{File}\" revision={Revision}")]
    private static partial void Opened(ILogger logger, string file, long revision);

    [LoggerMessage(2, LogLevel.Debug, "Debugging")]
    private static partial void Debugging(ILogger logger);

    [LoggerMessage(3, LogLevel.Error, "Failed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
