using Microsoft.Extensions.Time.Testing;
using Xebec.ApiServer.Audit;

namespace Xebec.ApiServer.Tests.Audit;

public sealed class RotatingFileTests
{
    private static readonly byte[] Line = [.. Enumerable.Repeat((byte)'x', (600 * 1024) - 1), (byte)'\n'];

    [Fact]
    public void A_full_file_is_put_aside_and_only_so_many_are_kept()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        using (var file = new RotatingFile(Options(folder) with { MaximumBackups = 2 }, time))
        {
            for (var i = 0; i < 5; i++)
            {
                file.Write(Line);
                time.Advance(TimeSpan.FromSeconds(i % 2));
            }
        }

        Assert.Equal(
            ["audit-2026-11-23T12-00-01.001.log", "audit-2026-11-23T12-00-02.000.log", "audit.log"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Line.Length, new FileInfo(folder.File("audit.log")).Length);
    }

    [Fact]
    public void Old_files_are_deleted_when_they_are_too_old()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        using var file = new RotatingFile(Options(folder) with { MaximumAgeDays = 7 }, time);
        file.Write(Line);
        file.Write(Line);
        time.Advance(TimeSpan.FromDays(8));
        file.Write(Line);
        Assert.Equal(["audit-2026-12-01T12-00-00.000.log", "audit.log"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_that_is_there_is_continued()
    {
        using var folder = new TemporaryFolder();
        folder.Write("audit.log", "first\n");
        using (var file = new RotatingFile(Options(folder), TimeProvider.System))
            file.Write("second\n"u8);
        Assert.Equal("first\nsecond\n", File.ReadAllText(folder.File("audit.log")));
    }

    [Fact]
    public void A_file_that_others_took_away_is_begun_again()
    {
        using var folder = new TemporaryFolder();
        using var file = new RotatingFile(Options(folder), TimeProvider.System);
        file.Write(Line);
        File.Delete(folder.File("audit.log"));
        file.Write(Line);
        Assert.Equal(Line.Length, new FileInfo(folder.File("audit.log")).Length);
    }

    [Fact]
    public void A_file_that_could_not_be_put_aside_is_written_again_once_it_can()
    {
        using var folder = new TemporaryFolder();
        using var file = new RotatingFile(Options(folder), TimeProvider.System);
        file.Write(Line);
        File.Delete(folder.File("audit.log"));
        Directory.CreateDirectory(folder.File("audit.log"));
        Assert.ThrowsAny<SystemException>(() => file.Write(Line));
        Directory.Delete(folder.File("audit.log"));
        file.Write(Line);
        Assert.Equal(Line.Length, new FileInfo(folder.File("audit.log")).Length);
    }

    private static AuditOptions Options(TemporaryFolder folder) =>
        new() { PolicyFile = "", LogPath = folder.File("audit.log"), MaximumMegabytes = 1, MaximumAgeDays = 0, MaximumBackups = 0 };
}
