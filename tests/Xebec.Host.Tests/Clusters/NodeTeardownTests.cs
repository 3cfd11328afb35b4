using Xebec.Host.Clusters;

namespace Xebec.Host.Tests.Clusters;

public sealed class NodeTeardownTests
{
    [Fact]
    public void OnlyTablesOfThisClusterAreFound() => Assert.Equal(
        [("ip", "xebec-abcdef"), ("inet", "xebec-egress-abcdef")],
        NodeTeardown.Tables("table ip filter\ntable ip xebec-abcdef\ntable inet xebec-egress-abcdef\ntable ip xebec-ghijkl\n", "abcdef"));

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

    [Fact]
    public void CgroupsAreFoundInEveryHierarchyAndRemovedDeepestFirst()
    {
        using var root = new TemporaryFolder();
        foreach (var path in new[] { "cpu/xebec-abcdef/pod1/c1", "memory/xebec-abcdef", "memory/xebec-ghijkl/pod1", "system.slice" })
            Directory.CreateDirectory(root.File(path));
        var cgroups = new Cgroups(root.Path, "abcdef");

        Assert.Equal([root.File("cpu/xebec-abcdef"), root.File("memory/xebec-abcdef")], cgroups.Find().Order());
        cgroups.Remove();
        Assert.Empty(cgroups.Find());
        Assert.True(Directory.Exists(root.File("memory/xebec-ghijkl/pod1")));
    }
}
