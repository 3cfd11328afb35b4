using System.Globalization;

namespace Xebec.Kubelet.Runtime.Fake;

/// <summary>How a fake container acts. The default runs until it is stopped and writes nothing.</summary>
public sealed record FakeContainerBehavior
{
    /// <summary>How long it runs before it exits by itself; null is forever.</summary>
    public TimeSpan? RunsFor { get; init; }

    /// <summary>Exit code when it ends by itself.</summary>
    public int ExitCode { get; init; }

    /// <summary>Reason when it ends by itself, such as <c>OOMKilled</c>; empty gives Completed or Error by the exit code.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// How long it takes to heed the stop signal; null ignores it, so that it is killed (137) when the grace period is over.
    /// </summary>
    public TimeSpan? StopTakes { get; init; } = TimeSpan.Zero;

    /// <summary>Exit code when it heeds the stop signal.</summary>
    public int StopExitCode { get; init; } = 143;

    /// <summary>Lines it writes to standard output when it starts.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>CreateContainer fails with this.</summary>
    public RuntimeException? CreateError { get; init; }

    /// <summary>StartContainer fails with this (a command that is not in the image, say).</summary>
    public RuntimeException? StartError { get; init; }

    /// <summary>What a command in it does (probes, hooks, exec); null ends with 0 and no output. May throw.</summary>
    public Func<IReadOnlyList<string>, ExecSyncResult>? Exec { get; init; }

    /// <summary>
    /// How a probe over the network ends, given its port and its HTTP path (empty for TCP and gRPC): null is success, else the message of
    /// the failure. Default: all succeed.
    /// </summary>
    public Func<int, string, string?> NetworkProbe { get; init; } = static (_, _) => null;

    /// <summary>CPU it uses, in nano-cores.</summary>
    public ulong CpuNanoCores { get; init; }

    /// <summary>Memory it uses, in bytes.</summary>
    public ulong MemoryBytes { get; init; }

    /// <summary>
    /// What the container's command says of itself where it is plain: <c>sleep N</c>, <c>true</c>, <c>false</c>, <c>exit N</c>, directly or
    /// as one <c>sh -c</c> script; else the default.
    /// </summary>
    public static FakeContainerBehavior FromCommand(ContainerConfig config)
    {
        string[] words = [.. config.Command, .. config.Args];
        if (words is ["sh" or "/bin/sh", "-c", var script])
            words = script.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["sleep" or "/bin/sleep", var seconds] when Number(seconds) is { } duration =>
                new FakeContainerBehavior { RunsFor = TimeSpan.FromSeconds(duration) },
            ["true" or "/bin/true"] => new FakeContainerBehavior { RunsFor = TimeSpan.Zero },
            ["false" or "/bin/false"] => new FakeContainerBehavior { RunsFor = TimeSpan.Zero, ExitCode = 1 },
            ["exit", var code] when Number(code) is { } number =>
                new FakeContainerBehavior { RunsFor = TimeSpan.Zero, ExitCode = (int)number },
            _ => new FakeContainerBehavior(),
        };
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
