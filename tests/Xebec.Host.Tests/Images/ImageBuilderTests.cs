using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Xebec.Host.Images;

namespace Xebec.Host.Tests.Images;

public sealed class ImageBuilderTests : IDisposable
{
    private const string Name = "localhost/app:1";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ConfigurationIsWhatTheDockerfileSays()
    {
        var image = await BuildAsync("""
            FROM scratch
            ARG LEVEL=debug
            ENV MODE=fast NAME="a b"
            ENV LEGACY one two
            LABEL org.example=$MODE-$LEVEL
            WORKDIR /srv
            WORKDIR app
            EXPOSE 80 53/udp
            USER 65534
            STOPSIGNAL SIGINT
            CMD ["x"]
            ENTRYPOINT ["/srv/app/run", "now"]
            """);

        using var json = JsonDocument.Parse(Store.Read(image.Config));
        var config = json.RootElement.GetProperty("config");
        Assert.Equal(["MODE=fast", "NAME=a b", "LEGACY=one two"], Strings(config.GetProperty("Env")));
        Assert.Equal("fast-debug", config.GetProperty("Labels").GetProperty("org.example").GetString());
        Assert.Equal("/srv/app", config.GetProperty("WorkingDir").GetString());
        Assert.Equal(["53/udp", "80/tcp"], config.GetProperty("ExposedPorts").EnumerateObject().Select(one => one.Name));
        Assert.Equal("65534", config.GetProperty("User").GetString());
        Assert.Equal("SIGINT", config.GetProperty("StopSignal").GetString());
        Assert.Equal(["/srv/app/run", "now"], Strings(config.GetProperty("Entrypoint")));
        Assert.False(config.TryGetProperty("Cmd", out _));
        Assert.Equal("linux", json.RootElement.GetProperty("os").GetString());
    }

    [Fact]
    public async Task CopyPutsFilesWhereDockerDoes()
    {
        _folder.File("context/a.txt", "a");
        _folder.File("context/sub/b.txt", "b");
        File.SetUnixFileMode(_folder.File("context/run.sh", "run"), (UnixFileMode)0x1ED);
        File.CreateSymbolicLink(_folder.File("context/sub/link"), "b.txt");
        var image = await BuildAsync("FROM scratch\nWORKDIR /app\nCOPY *.txt run.sh ./\nCOPY sub /data\nCOPY a.txt /etc/renamed\n");

        var entries = image.Layers.SelectMany(LayerEntries).ToList();
        Assert.Equal(
            ["app/", "app/a.txt", "app/run.sh", "data/", "data/b.txt", "data/link", "etc/", "etc/renamed"],
            entries.Select(one => one.Name));
        Assert.All(entries, entry => Assert.Equal((0, 0, DateTimeOffset.UnixEpoch), (entry.Uid, entry.Gid, entry.ModificationTime)));
        Assert.Equal((UnixFileMode)0x1ED, entries[2].Mode);
        Assert.Equal("b.txt", entries[5].LinkName);
    }

    [Theory]
    [InlineData("COPY missing /", "missing is not in")]
    [InlineData("COPY ../.. /", "is outside the build context")]
    [InlineData("COPY --from=other a /", "COPY --from=other is not supported")]
    [InlineData("COPY only", "needs a source and a destination")]
    [InlineData("ENV A=1 B", "\"B\" must be NAME=VALUE")]
    public async Task MistakesNameTheirLine(string instruction, string problem)
    {
        var failure = await Assert.ThrowsAsync<HostException>(() => BuildAsync($"FROM scratch\n{instruction}\n"));

        Assert.Contains("line 2", failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EqualContentIsAnEqualImage()
    {
        _folder.File("context/a.txt", "a");
        var first = await BuildAsync("FROM scratch\nCOPY a.txt /\n");
        File.SetLastWriteTimeUtc(_folder.File("context/a.txt"), DateTime.UnixEpoch);
        var second = await BuildAsync("FROM scratch\nCOPY a.txt /\n");

        Assert.Equal(first.Manifest, second.Manifest);
        Assert.Single(Store.List());
    }

    [Fact]
    public async Task LocalImageCanBeTheBase()
    {
        _folder.File("context/a.txt", "a");
        await BuildAsync("FROM scratch\nENV A=1\nCOPY a.txt /\n");
        var second = await BuildAsync("FROM localhost/app:1\nENV B=2\nCOPY a.txt /b\n", "localhost/second:1");

        Assert.Equal(2, second.Layers.Count);
        Assert.Equal(["A", "B"], ImageConfig.Parse(Store.Read(second.Config)).Environment.Keys.Order());
        await Assert.ThrowsAsync<HostException>(() => BuildAsync("FROM localhost/none:1\n"));
    }

    [Fact]
    public async Task ArchiveIsAnOciLayoutThatNamesTheImage()
    {
        _folder.File("context/a.txt", "a");
        var image = await BuildAsync("FROM scratch\nCOPY a.txt /\n");
        using var archive = new MemoryStream();
        ImageArchive.Write(Store, image, archive);

        archive.Position = 0;
        var files = Entries(archive).ToDictionary(entry => entry.Name, entry => Text(entry.DataStream!));
        Assert.Equal("""{"imageLayoutVersion":"1.0.0"}""", files["oci-layout"]);
        Assert.Contains("\"io.containerd.image.name\":\"localhost/app:1\"", files["index.json"], StringComparison.Ordinal);
        foreach (var blob in image.Layers.Append(image.Config).Append(image.Manifest))
            Assert.True(files.ContainsKey("blobs/sha256/" + blob.Digest[7..]));
    }

    [Fact]
    public async Task RunWithoutBuildahSaysWhatToInstall()
    {
        var failure = await Assert.ThrowsAsync<HostException>(() => BuildAsync("FROM scratch\nRUN true\n"));

        Assert.Contains("apt-get install buildah", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LddOutputNamesLibraries() => Assert.Equal(
        ["/lib/x/libm.so.6", "/lib64/ld-linux-x86-64.so.2"],
        DotnetRuntimeImage.SharedLibraries("""
            /usr/share/dotnet/dotnet:
            	linux-vdso.so.1 (0x00007ffc)
            	libm.so.6 => /lib/x/libm.so.6 (0x00007f)
            	libgone.so => not found
            	/lib64/ld-linux-x86-64.so.2 (0x00007f)
            """));

    private ImageStore Store => new(_folder.File("images"));

    private Task<LocalImage> BuildAsync(string dockerfile, string name = Name)
    {
        Directory.CreateDirectory(_folder.File("context"));
        var path = _folder.File("Dockerfile", dockerfile);
        return new ImageBuilder(Store, new FakeCommandRunner())
            .BuildAsync(name, path, _folder.File("context"), new Dictionary<string, string>(), default);
    }

    private List<TarEntry> LayerEntries(ImageBlob layer) => Entries(new MemoryStream(Store.Read(layer).ToArray()));

    private static List<TarEntry> Entries(Stream stream)
    {
        using var reader = new TarReader(stream, leaveOpen: true);
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry(copyData: true) is { } entry) entries.Add(entry);
        return entries;
    }

    private static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(one => one.GetString()!);

    private static string Text(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
