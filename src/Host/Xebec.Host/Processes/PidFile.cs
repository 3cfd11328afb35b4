using Xebec.ComponentBase;

namespace Xebec.Host.Processes;

/// <summary>A file that names a running process; it never takes a later process of the same id for the one it means.</summary>
internal sealed class PidFile(string path)
{
    public void Write(ProcessIdentity process) => PrivateFile.Write(path, process + "\n");

    /// <summary>The process, if it still runs.</summary>
    public ProcessIdentity? ReadAlive() =>
        File.Exists(path) && ProcessIdentity.Parse(File.ReadAllText(path)) is { IsAlive: true } process ? process : null;

    public void Delete() => File.Delete(path);
}
