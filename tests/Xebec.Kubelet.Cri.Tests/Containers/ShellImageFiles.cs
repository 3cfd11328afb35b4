using Xebec.Kubelet.Cri.Images;
using Xebec.Kubelet.Cri.Linux;

namespace Xebec.Kubelet.Cri.Containers;

/// <summary>
/// An image with this machine's own shell and a few programs, each with the libraries it needs: no registry, no compiler.
/// </summary>
internal static class ShellImageFiles
{
    private static readonly string[] s_programs = ["sh", "cat", "sleep", "id", "ls", "mkdir", "touch", "head", "tail", "hostname"];

    public static async Task<ImageDefinition> DefineAsync(string name)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var program in s_programs)
        {
            var path = Path.Combine("/bin", program);
            files[$"bin/{program}"] = path;
            foreach (var library in await LibrariesAsync(path))
                files[library.TrimStart('/')] = library;
        }
        var contents = files.Select(file => new ImageFile(file.Key, File.ReadAllBytes(file.Value))).ToList();
        contents.Add(new ImageFile("etc/passwd", "root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n"u8.ToArray()));
        contents.Add(new ImageFile("etc/group", "root:x:0:\nnobody:x:65534:\n"u8.ToArray()));
        return new ImageDefinition(name, contents) { Entrypoint = ["/bin/sh"], Env = ["PATH=/bin"] };
    }

    public static async Task<IEnumerable<string>> LibrariesAsync(string program) =>
        (await HostCommand.RunAsync("ldd", [program])).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith('/'));
}
