using System.Text;
using Xebec.Kubelet.Volumes;

namespace Xebec.Kubelet.Tests.Volumes;

public sealed class AtomicWriterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void WritesFilesBehindALinkWithTheirModes()
    {
        using var folder = new TemporaryFolder();
        Assert.True(AtomicWriter.Write(folder.Path, Files(("a", "1"), ("b/c", "2")), Now));
        Assert.Equal("1", File.ReadAllText(folder.At("a")));
        Assert.Equal("2", File.ReadAllText(folder.At("b/c")));
        Assert.Equal("..data/a", new FileInfo(folder.At("a")).LinkTarget);
        Assert.StartsWith("..2026_01_01", new FileInfo(folder.At("..data")).LinkTarget!, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.At("..data/a")));
    }

    [Fact]
    public void ReplacesEverythingAtOnceAndRemovesWhatIsGone()
    {
        using var folder = new TemporaryFolder();
        AtomicWriter.Write(folder.Path, Files(("a", "1"), ("b", "2")), Now);
        Assert.False(AtomicWriter.Write(folder.Path, Files(("a", "1"), ("b", "2")), Now));
        Assert.True(AtomicWriter.Write(folder.Path, Files(("a", "new")), Now));
        Assert.Equal("new", File.ReadAllText(folder.At("a")));
        Assert.False(Path.Exists(folder.At("b")));
        Assert.Equal(3, new DirectoryInfo(folder.Path).GetFileSystemInfos().Length);
    }

    private static Dictionary<string, PayloadFile> Files(params (string Path, string Text)[] files) =>
        files.ToDictionary(f => f.Path, f => new PayloadFile(Encoding.UTF8.GetBytes(f.Text), 0x180));
}
