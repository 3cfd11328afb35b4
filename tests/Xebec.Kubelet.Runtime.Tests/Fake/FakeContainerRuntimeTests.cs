using Microsoft.Extensions.Time.Testing;
using Xebec.Kubelet.Runtime;
using Xebec.Kubelet.Runtime.Fake;

namespace Xebec.Kubelet.Runtime.Tests.Fake;

/// <summary>The fake keeps the contract's promises in fake time.</summary>
public sealed class FakeContainerRuntimeTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeContainerRuntime _runtime;

    public FakeContainerRuntimeTests() => _runtime = new FakeContainerRuntime(_time, "10.9.0.0/29");

    [Fact]
    public async Task A_container_ends_by_itself_when_its_time_has_come()
    {
        var container = await StartAsync(["sleep", "5"]);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(ContainerState.Running, (await _runtime.ContainerStatusAsync(container)).State);
        _time.Advance(TimeSpan.FromSeconds(1));

        var ended = await _runtime.ContainerStatusAsync(container);
        Assert.Equal((ContainerState.Exited, 0, "Completed"), (ended.State, ended.ExitCode, ended.Reason));
        Assert.Equal(TimeSpan.FromSeconds(5), ended.FinishedAt - ended.StartedAt);
    }

    [Theory]
    [InlineData(2.0, 143)]
    [InlineData(null, 137)]
    public async Task A_stop_is_heeded_or_ends_in_a_kill(double? stopTakesSeconds, int exitCode)
    {
        _runtime.Behavior = _ =>
            new FakeContainerBehavior { StopTakes = stopTakesSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        var container = await StartAsync(["server"]);

        var stop = _runtime.StopContainerAsync(container, 10);
        Assert.False(stop.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(stopTakesSeconds ?? 10));
        await stop;

        Assert.Equal(exitCode, (await _runtime.ContainerStatusAsync(container)).ExitCode);
    }

    [Fact]
    public async Task Addresses_are_given_out_once_and_come_back()
    {
        List<string> pods = [];
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
            pods.Add(await RunPodAsync(name));
        var full = await Assert.ThrowsAsync<RuntimeException>(() => RunPodAsync("f"));
        await _runtime.StopPodSandboxAsync(pods[1]);
        var again = await _runtime.PodSandboxStatusAsync(await RunPodAsync("g"));

        Assert.Equal(RuntimeErrorCode.ResourceExhausted, full.Code);
        Assert.Equal("10.9.0.3", Assert.Single(again.IpAddresses));
        Assert.Empty((await _runtime.PodSandboxStatusAsync(pods[1])).IpAddresses);
    }

    [Fact]
    public async Task Events_begin_with_a_resync_and_tell_each_step_once()
    {
        var events = new List<RuntimeEventType>();
        await using var watch = _runtime.WatchEventsAsync().GetAsyncEnumerator();
        await watch.MoveNextAsync();
        events.Add(watch.Current.Type);

        var container = await StartAsync(["exit", "3"]);
        await _runtime.RemoveContainerAsync(container);
        while (events[^1] != RuntimeEventType.Deleted && await watch.MoveNextAsync())
        {
            if (watch.Current.Id == container)
                events.Add(watch.Current.Type);
        }

        Assert.Equal(
            [RuntimeEventType.Resync, RuntimeEventType.Created, RuntimeEventType.Started, RuntimeEventType.Stopped,
                RuntimeEventType.Deleted],
            events);
    }

    [Fact]
    public async Task Failures_are_as_scripted()
    {
        _runtime.PullError = image => image == "bad" ? new RuntimeException(RuntimeErrorCode.NotFound, "no such image") : null;
        Assert.Equal("no such image", (await Assert.ThrowsAsync<RuntimeException>(() => _runtime.PullImageAsync("bad"))).Message);
        Assert.NotNull(await _runtime.PullImageAsync("good"));

        _runtime.Behavior = _ =>
            new FakeContainerBehavior { StartError = new RuntimeException(RuntimeErrorCode.Unknown, "exec: not found") };
        await Assert.ThrowsAsync<RuntimeException>(() => StartAsync(["nothing"]));

        _runtime.IsUnavailable = true;
        var down = await Assert.ThrowsAsync<RuntimeException>(() => _runtime.ListContainersAsync());
        Assert.Equal(RuntimeErrorCode.Unavailable, down.Code);
    }

    [Fact]
    public async Task Output_is_in_the_log_of_a_pod_whose_folder_exists()
    {
        using var folder = new TemporaryFolder();
        _runtime.Behavior = _ => new FakeContainerBehavior { Output = ["one", "two"] };
        var container = await StartAsync(["server"], folder.Path);

        var status = await _runtime.ContainerStatusAsync(container);
        var lines = await File.ReadAllLinesAsync(status.LogPath);
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}\+00:00 stdout F two$", lines[1]);
    }

    private Task<string> RunPodAsync(string name, string logDirectory = "") => _runtime.RunPodSandboxAsync(Pod(name, logDirectory));

    private static PodSandboxConfig Pod(string name, string logDirectory) =>
        new(new PodSandboxMetadata(name, "default", name)) { LogDirectory = logDirectory };

    private async Task<string> StartAsync(string[] command, string logDirectory = "")
    {
        await _runtime.PullImageAsync("image");
        var config = new ContainerConfig(new ContainerMetadata("main"), "image") { Command = command, LogPath = "main/0.log" };
        var container = await _runtime.CreateContainerAsync(await RunPodAsync("pod", logDirectory), config, Pod("pod", logDirectory));
        await _runtime.StartContainerAsync(container);
        return container;
    }
}
