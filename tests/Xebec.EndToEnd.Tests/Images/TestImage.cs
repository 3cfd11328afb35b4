using System.Diagnostics;
using Xebec.EndToEnd.Tests.Commands;

namespace Xebec.EndToEnd.Tests.Images;

/// <summary>
/// The image that tests run: this machine's own shell, a few programs and perl, with a small web server. Nothing is pulled. It is built by
/// xebec image build.
/// </summary>
public static class TestImage
{
    public const string Name = "localhost/e2e-web:1";

    private static readonly string[] Programs =
    [
        "bash", "sh", "cat", "ls", "sleep", "tar", "hostname", "env", "id", "mkdir", "rm", "touch", "head", "tail", "date", "true", "false", "perl", "kill",
    ];

    private static readonly string[] PerlFolders = ["/usr/lib/x86_64-linux-gnu/perl-base"];

    private const string Dockerfile = """
        FROM scratch
        COPY root/ /
        ENV PATH=/usr/bin:/bin PORT=80 DRAIN=3 VERSION=1
        EXPOSE 80
        ENTRYPOINT ["/bin/perl", "/web.pl"]
        """;

    /// <summary>Writes Dockerfile and files into a folder, and returns it.</summary>
    public static async Task<string> WriteContextAsync(string folder)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        foreach (var program in Programs)
        {
            var path = new[] { "/bin", "/usr/bin" }.Select(one => Path.Combine(one, program)).FirstOrDefault(File.Exists);
            if (path is null) continue;
            Copy(path, Path.Combine(root, "bin", program));
            foreach (var library in await LibrariesAsync(path)) Copy(library, root + library);
        }

        foreach (var perl in PerlFolders)
            foreach (var file in Directory.EnumerateFiles(perl, "*", SearchOption.AllDirectories)) Copy(file, root + file);
        Copy(Path.Combine(AppContext.BaseDirectory, "Images", "web.pl"), Path.Combine(root, "web.pl"));
        Directory.CreateDirectory(Path.Combine(root, "etc"));
        Directory.CreateDirectory(Path.Combine(root, "tmp"));
        await File.WriteAllTextAsync(Path.Combine(root, "etc", "passwd"), "root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "Dockerfile"), Dockerfile);
        return folder;
    }

    private static async Task<IEnumerable<string>> LibrariesAsync(string program)
    {
        var listed = (await CommandRunner.OnMachine.RunAsync("ldd", [program])).MustSucceed().Output;
        return listed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith('/'));
    }

    private static void Copy(string source, string target)
    {
        if (File.Exists(target)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(File.ResolveLinkTarget(source, returnFinalTarget: true)?.FullName ?? source, target);
    }
}
