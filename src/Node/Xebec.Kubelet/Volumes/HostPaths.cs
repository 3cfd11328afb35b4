namespace Xebec.Kubelet.Volumes;

/// <summary>hostPath volumes: checks, or makes, what the type asks for.</summary>
internal static class HostPaths
{
    public static string Prepare(HostPathVolumeSource source)
    {
        var path = source.Path;
        switch (source.Type)
        {
            case null or "":
                return path;
            case HostPathType.DirectoryOrCreate:
                if (!File.Exists(path))
                    Directory.CreateDirectory(path);
                break;
            case HostPathType.FileOrCreate:
                if (!Path.Exists(path))
                    File.WriteAllBytes(path, []);
                break;
            default:
                break;
        }

        if (!Matches(path, source.Type))
            throw new VolumeException($"hostPath type check failed: {path} is not a {Describe(source.Type)}");
        return path;
    }

    private static bool Matches(string path, string type)
    {
        if (!Path.Exists(path))
            return false;
        var mode = LinuxFileTypes.Of(path);
        return type switch
        {
            HostPathType.Directory or HostPathType.DirectoryOrCreate => mode == LinuxFileType.Directory,
            HostPathType.File or HostPathType.FileOrCreate => mode == LinuxFileType.Regular,
            HostPathType.Socket => mode == LinuxFileType.Socket,
            HostPathType.CharDevice => mode == LinuxFileType.CharacterDevice,
            HostPathType.BlockDevice => mode == LinuxFileType.BlockDevice,
            _ => throw new VolumeException($"hostPath type {type} is not known"),
        };
    }

    private static string Describe(string type) => type switch
    {
        HostPathType.Directory or HostPathType.DirectoryOrCreate => "directory",
        HostPathType.File or HostPathType.FileOrCreate => "file",
        HostPathType.Socket => "socket file",
        HostPathType.CharDevice => "character device",
        _ => "block device",
    };
}
