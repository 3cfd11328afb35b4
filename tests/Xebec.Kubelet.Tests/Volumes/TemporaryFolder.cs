namespace Xebec.Kubelet.Tests.Volumes;

/// <summary>A folder of its own for a test, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("xebec-kubelet-test-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        foreach (var mount in Xebec.Kubelet.Volumes.LinuxFiles.MountsBelow(Path))
            Xebec.Kubelet.Volumes.LinuxFiles.Unmount(mount);
        Directory.Delete(Path, recursive: true);
    }
}
