using Xebec.Host.Clusters;

namespace Xebec.Host.Tests.Clusters;

public sealed class MountTableTests
{
    [Fact]
    public void DeepestMountsComeFirst() => Assert.Equal(
        ["/d/a/b c", "/d/a"],
        MountTable.MountPoints(
            [
                "22 1 8:1 / / rw - ext4 /dev/sda rw",
                "30 22 0:5 / /d/a rw - tmpfs tmpfs rw",
                "31 30 0:6 / /d/a/b\\040c rw - tmpfs tmpfs rw",
                "32 22 0:7 / /data rw - tmpfs tmpfs rw",
            ],
            "/d"));
}
