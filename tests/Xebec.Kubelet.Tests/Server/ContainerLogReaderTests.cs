using System.IO.Pipelines;
using System.Text;
using Xebec.Kubelet.Server;
using Xebec.Kubelet.Tests.Volumes;

namespace Xebec.Kubelet.Tests.Server;

public sealed class ContainerLogReaderTests
{
    private const string Log =
        "2026-01-01T00:00:01.5Z stdout F one\n" +
        "2026-01-01T00:00:02.5Z stderr P tw\n" +
        "2026-01-01T00:00:02.6Z stderr F o\n" +
        "2026-01-01T00:00:03.5Z stdout F three\n";

    [Fact]
    public async Task ReadsAllLinesAndJoinsParts() => Assert.Equal("one\ntwo\nthree\n", await ReadAsync(new LogRequest()));

    [Fact]
    public async Task ReadsTheTail() => Assert.Equal("three\n", await ReadAsync(new LogRequest { TailLines = 1 }));

    [Fact]
    public async Task ReadsNoTail() => Assert.Equal("", await ReadAsync(new LogRequest { TailLines = 0 }));

    [Fact]
    public async Task ShowsTimesOncePerLine() => Assert.Equal(
        "2026-01-01T00:00:01.5Z one\n2026-01-01T00:00:02.5Z two\n2026-01-01T00:00:03.5Z three\n", await ReadAsync(
            new LogRequest { Timestamps = true }));

    [Fact]
    public async Task LimitsBytes() => Assert.Equal("one\nt", await ReadAsync(new LogRequest { LimitBytes = 5 }));

    [Fact]
    public async Task SkipsOlderLines() =>
        Assert.Equal("three\n", await ReadAsync(new LogRequest { Since = new DateTimeOffset(2026, 1, 1, 0, 0, 3, TimeSpan.Zero) }));

    [Fact]
    public async Task SelectsAStream() => Assert.Equal("two\n", await ReadAsync(new LogRequest { Stream = "Stderr" }));

    [Fact]
    public async Task FollowsUntilTheContainerEnds()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("0.log"), Log);
        var pipe = new Pipe();
        var isRunning = true;
        var reading = new ContainerLogReader(TimeProvider.System).CopyAsync(
            folder.At("0.log"), new LogRequest { Follow = true, TailLines = 0 }, pipe.Writer, () => isRunning, CancellationToken.None);
        await File.AppendAllTextAsync(folder.At("0.log"), "2026-01-01T00:00:04.5Z stdout F four\n");
        var result = await pipe.Reader.ReadAtLeastAsync(5);
        Assert.Equal("four\n", Encoding.UTF8.GetString(result.Buffer));
        isRunning = false;
        await reading;
    }

    [Fact]
    public void KeepsFourRotatedFilesAtMost()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 7; i++)
            File.WriteAllText(folder.At($"0.log.{i}"), "");
        LogRotator.RemoveOldest(folder.At("0.log"));
        Assert.Equal(["0.log.4", "0.log.5", "0.log.6"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    private static async Task<string> ReadAsync(LogRequest request)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("0.log"), Log);
        using var stream = new MemoryStream();
        await new ContainerLogReader(TimeProvider.System).CopyAsync(
            folder.At("0.log"), request, PipeWriter.Create(stream), () => false, CancellationToken.None);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
