using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;

namespace Xebec.ApiServer.Tests.Printing;

public sealed class PodSummaryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0/1 Pending 0", """{"status":{"phase":"Pending"}}""")]
    [InlineData("0/1 Evicted 0", """{"status":{"phase":"Failed","reason":"Evicted"}}""")]
    [InlineData("0/1 SchedulingGated 0",
        """{"status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]}}""")]
    [InlineData("1/1 Running 0", """{"status":{"phase":"Running","containerStatuses":[{"ready":true,"state":{"running":{}}}]}}""")]
    [InlineData("0/1 CrashLoopBackOff 3 (5m ago)",
        """
        {"status":{"phase":"Running","containerStatuses":[{"restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}},
        "lastState":{"terminated":{"finishedAt":"2026-11-23T11:55:00Z"}}}]}}
        """)]
    [InlineData("0/1 Completed 0",
        """
        {"status":{"phase":"Succeeded","containerStatuses":[{"state":{"terminated":{"reason":"Completed"}}}]}}
        """)]
    [InlineData("0/1 Signal:9 0",
        """
        {"status":{"phase":"Failed","containerStatuses":[{"state":{"terminated":{"signal":9,"exitCode":137}}}]}}
        """)]
    [InlineData("0/1 ExitCode:2 0", """{"status":{"phase":"Failed","containerStatuses":[{"state":{"terminated":{"exitCode":2}}}]}}""")]
    [InlineData("0/1 Terminating 0", """{"metadata":{"deletionTimestamp":"2026-11-23T11:55:00Z"},"status":{"phase":"Running"}}""")]
    [InlineData("0/1 Unknown 0",
        """
        {"metadata":{"deletionTimestamp":"2026-11-23T11:55:00Z"},"status":{"phase":"Running","reason":"NodeLost"}}
        """)]
    public void The_state_is_one_word_for_all_containers(string expected, string pod) =>
        Assert.Equal(expected, Summary(pod, """{"containers":[{"name":"main"}]}"""));

    [Theory]
    [InlineData("0/1 Init:0/2 0", """{"phase":"Pending","initContainerStatuses":[{"name":"a","state":{"running":{}}}]}""")]
    [InlineData("0/1 Init:1/2 0",
        """
        {"phase":"Pending","initContainerStatuses":[{"name":"a","state":{"terminated":{"exitCode":0}}},{"name":"b","state":{
        "waiting":{"reason":"PodInitializing"}}}]}
        """)]
    [InlineData("0/1 Init:ErrImagePull 0",
        """
        {"phase":"Pending","initContainerStatuses":[{"name":"a","state":{"waiting":{"reason":"ErrImagePull"}}}]}
        """)]
    [InlineData("0/1 Init:Error 2",
        """
        {"phase":"Pending","initContainerStatuses":[{"name":"a","restartCount":2,"state":{"terminated":{"exitCode":1,
        "reason":"Error"}}}]}
        """)]
    public void An_init_container_that_is_not_done_decides(string expected, string status) =>
        Assert.Equal(
            expected,
            Summary($$"""{"status":{{status}}}""", """{"containers":[{"name":"main"}],"initContainers":[{"name":"a"},{"name":"b"}]}"""));

    [Fact]
    public void A_sidecar_counts_as_a_container() => Assert.Equal(
        "2/2 Running 1",
        Summary(
            """
            {"status":{"phase":"Running","initContainerStatuses":[{"name":"s","started":true,"ready":true,"restartCount":1,
            "state":{"running":{}}}],"containerStatuses":[{"ready":true,"state":{"running":{}}}]}}
            """,
            """{"containers":[{"name":"main"}],"initContainers":[{"name":"s","restartPolicy":"Always"}]}"""));

    private static string Summary(string pod, string spec)
    {
        var tree = (ObjectValue)Value.Parse(pod);
        tree["spec"] = Value.Parse(spec);
        var summary = new PodSummary(tree);
        return $"{summary.Ready}/{summary.Total} {summary.State} {summary.RestartText(Now)}";
    }
}
