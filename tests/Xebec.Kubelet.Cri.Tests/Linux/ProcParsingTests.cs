namespace Xebec.Kubelet.Cri.Linux;

public sealed class ProcParsingTests
{
    [Fact]
    public void A_command_with_brackets_does_not_shift_the_start_time()
    {
        const string stat = "7 (a) b ( c) S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 1000 2 3";
        Assert.Equal(('S', 123456UL), ProcessIdentity.ParseStat(stat));
    }

    [Fact]
    public void We_are_alive_and_another_boots_or_times_process_is_not()
    {
        var (_, start) = ProcessIdentity.ParseStat(File.ReadAllText("/proc/self/stat"));
        var self = new ProcessIdentity(Environment.ProcessId, start, ProcessIdentity.CurrentBootId());
        Assert.True(self.IsAlive());
        Assert.False((self with { StartTimeTicks = start + 1 }).IsAlive());
        Assert.False((self with { BootId = "another" }).IsAlive());
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 x boot")]
    [InlineData("12 34")]
    public void A_damaged_pid_file_is_none(string text) => Assert.Null(ProcessIdentity.Parse(text));

    [Fact]
    public void Mounts_are_read_with_their_propagation_and_odd_names()
    {
        var mounts = MountTable.Parse(
        [
            "36 35 98:0 / /a\\040b rw,noatime shared:12 master:1 - ext3 /dev/root rw,errors=continue",
            "37 35 0:31 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw",
        ]);
        Assert.Equal(new MountEntry("/a b", "ext3", true, "rw,errors=continue"), mounts[0]);
        Assert.Equal(new MountEntry("/sys/fs/cgroup", "cgroup2", false, "rw"), mounts[1]);
    }

    [Theory]
    [InlineData("/a/b", "/a", true)]
    [InlineData("/a", "/a", true)]
    [InlineData("/ab", "/a", false)]
    public void A_name_that_only_begins_alike_is_not_below(string path, string folder, bool below) =>
        Assert.Equal(below, NodeMounts.IsAtOrBelow(path, folder));
}
