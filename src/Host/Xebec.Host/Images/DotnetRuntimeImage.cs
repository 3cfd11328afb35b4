using System.Runtime.InteropServices;
using Xebec.Host.Processes;

namespace Xebec.Host.Images;

/// <summary>
/// The base image localhost/dotnet-runtime:10.0, made of this machine's own .NET runtime and the shared libraries it needs, so that
/// a .NET program becomes an image without any registry.
/// </summary>
internal sealed class DotnetRuntimeImage(ICommandRunner commands)
{
    public const string Name = "localhost/dotnet-runtime:10.0";

    /// <summary>Puts the image into the store, unless it is there.</summary>
    /// <exception cref="HostException">There is no .NET 10 runtime on this machine.</exception>
    public async Task<LocalImage> EnsureAsync(ImageStore store, CancellationToken cancellationToken)
    {
        if (store.Find(Name) is { } existing && existing.Layers.All(layer => File.Exists(store.BlobPath(layer)))) return existing;
        var root = FindDotnetRoot();
        var runtime = Newest(Path.Combine(root, "shared", "Microsoft.NETCore.App"));
        var hostResolver = Newest(Path.Combine(root, "host", "fxr"));
        string[] programs =
        [
            Path.Combine(root, "dotnet"), Path.Combine(hostResolver, "libhostfxr.so"), .. Directory.GetFiles(runtime, "*.so"),
            .. SecurityLibraries(),
        ];
        var libraries = await SharedLibrariesAsync(programs, cancellationToken).ConfigureAwait(false);
        var layer = store.PutStream(ImageBlob.LayerMediaType, output => WriteLayer(output, root, runtime, hostResolver, libraries));
        return store.Tag(Name, Config, [layer], Architecture);
    }

    public static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static ImageConfig Config => new()
    {
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/share/dotnet:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["DOTNET_ROOT"] = "/usr/share/dotnet",
            ["DOTNET_RUNNING_IN_CONTAINER"] = "true",
            ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
            ["DOTNET_EnableDiagnostics"] = "0",
        },
    };

    private static void WriteLayer(Stream output, string root, string runtime, string hostResolver, IEnumerable<string> libraries)
    {
        using var layer = new LayerWriter(output);
        layer.AddText("/etc/passwd", "root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n"u8);
        layer.AddText("/etc/group", "root:x:0:\nnogroup:x:65534:\n"u8);
        layer.AddText("/etc/nsswitch.conf", "hosts: files dns\n"u8);
        layer.AddFolder("/tmp", (UnixFileMode)0x3FF);
        layer.AddFile(Path.Combine(root, "dotnet"), "/usr/share/dotnet/dotnet");
        layer.AddTree(hostResolver, "/usr/share/dotnet/host/fxr/" + Path.GetFileName(hostResolver));
        layer.AddTree(runtime, "/usr/share/dotnet/shared/Microsoft.NETCore.App/" + Path.GetFileName(runtime));
        foreach (var library in libraries) layer.AddFile(library, library);
    }

    private async Task<IEnumerable<string>> SharedLibrariesAsync(string[] programs, CancellationToken cancellationToken)
    {
        var result = await commands.RunAsync("ldd", programs, cancellationToken).ConfigureAwait(false);
        return SharedLibraries(result.Output).Concat(SecurityLibraries()).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>The absolute paths that ldd names, in its lines "libm.so.6 => /lib/… (0x…)" and "/lib64/ld-linux… (0x…)".</summary>
    internal static IEnumerable<string> SharedLibraries(string lddOutput) =>
        from line in lddOutput.Split('\n')
        let path = line[(line.IndexOf("=>", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..].Trim().Split(" (")[0]
        where path.StartsWith('/') && !path.EndsWith(':') && !path.Contains("/dotnet/", StringComparison.Ordinal)
        select path;

    private static IEnumerable<string> SecurityLibraries() =>
        from folder in new[] { "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib64", "/lib64" }
        from name in new[] { "libssl.so.3", "libcrypto.so.3" }
        let path = Path.Combine(folder, name)
        where File.Exists(path)
        select path;

    private string FindDotnetRoot()
    {
        string?[] candidates =
            [Environment.GetEnvironmentVariable("DOTNET_ROOT"), RootOf(commands.Find("dotnet")), "/usr/share/dotnet", "/usr/lib/dotnet"];
        return candidates.OfType<string>().FirstOrDefault(root => Directory.Exists(Path.Combine(root, "shared", "Microsoft.NETCore.App")))
            ?? throw new HostException($"{Name} is made of this machine's .NET 10 runtime, and there is none; install dotnet-runtime-10.0");
    }

    private static string? RootOf(string? dotnetPath) => dotnetPath is null
        ? null
        : Path.GetDirectoryName(File.ResolveLinkTarget(dotnetPath, returnFinalTarget: true)?.FullName ?? dotnetPath);

    private static string Newest(string folder) =>
        Directory.GetDirectories(folder, "10.0.*")
            .MaxBy(path => Version.TryParse(Path.GetFileName(path), out var version) ? version : new Version(0, 0))
        ?? throw new HostException($"{Name} is made of this machine's .NET 10 runtime, and {folder} has none");
}
