using System.Text;
using Xebec.Api.Core.V1;
using Xebec.Kubelet.Volumes;

namespace Xebec.Kubelet.Tests.Volumes;

public sealed class HostVolumeTests
{
    [Fact]
    public void AHostPathIsMadeOrCheckedByItsType()
    {
        using var folder = new TemporaryFolder();
        HostPaths.Prepare(new() { Path = folder.At("made"), Type = HostPathType.DirectoryOrCreate });
        HostPaths.Prepare(new() { Path = folder.At("made"), Type = HostPathType.Directory });
        HostPaths.Prepare(new() { Path = folder.At("file"), Type = HostPathType.FileOrCreate });
        HostPaths.Prepare(new() { Path = "/dev/null", Type = HostPathType.CharDevice });
        Assert.Throws<VolumeException>(() => HostPaths.Prepare(new() { Path = folder.At("file"), Type = HostPathType.Directory }));
        Assert.Throws<VolumeException>(() => HostPaths.Prepare(new() { Path = folder.At("none"), Type = HostPathType.File }));
        Assert.Throws<VolumeException>(() => HostPaths.Prepare(new() { Path = folder.At("file"), Type = HostPathType.Socket }));
    }

    [Fact]
    public void ASubPathMayNotLeaveItsVolume()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("volume"));
        File.CreateSymbolicLink(folder.At("volume/out"), "/etc");
        File.CreateSymbolicLink(folder.At("volume/in"), "real");
        Assert.Equal(folder.At("volume/new/deep"), SubPaths.Prepare(folder.At("volume"), "new/deep"));
        Directory.CreateDirectory(folder.At("volume/real"));
        Assert.Equal(folder.At("volume/real"), SubPaths.Prepare(folder.At("volume"), "in"));
        Assert.Throws<VolumeException>(() => SubPaths.Prepare(folder.At("volume"), "out"));
        Assert.Throws<VolumeException>(() => SubPaths.Prepare(folder.At("volume"), "../x"));
    }

    [Fact]
    public void AMemoryVolumeIsMountedAndUnmounted()
    {
        using var folder = new TemporaryFolder();
        LinuxFiles.MountTmpfs(folder.Path, 1 << 20, "0777");
        try
        {
            Assert.Equal([folder.Path], LinuxFiles.MountsBelow(folder.Path));
        }
        finally
        {
            LinuxFiles.Unmount(folder.Path);
        }

        Assert.Empty(LinuxFiles.MountsBelow(folder.Path));
    }

    [Fact]
    public void ItemsOfAConfigMapAreSelectedAndChecked()
    {
        var files = new Dictionary<string, PayloadFile>();
        var map = new ConfigMap { Data = { ["a"] = "1", ["b"] = "2" } };
        VolumePayload.AddConfigMap(files, map, "m", [new() { Key = "a", Path = "dir/x", Mode = 256 }], 420, optional: false);
        Assert.Equal(("1", 256), (Encoding.UTF8.GetString(files["dir/x"].Content), files["dir/x"].Mode));
        Assert.Throws<VolumeException>(
            () => VolumePayload.AddConfigMap(files, map, "m", [new() { Key = "c", Path = "x" }], 420, optional: false));
        Assert.Throws<VolumeException>(
            () => VolumePayload.AddConfigMap(files, map, "m", [new() { Key = "a", Path = "../x" }], 420, optional: true));
        Assert.Equal("configmap \"n\" not found", Assert.Throws<VolumeException>(
            () => VolumePayload.AddConfigMap(files, null, "n", [], 420, optional: false)).Message);
    }
}
