using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using Xebec.ComponentBase;
using Xebec.Host.Clusters;
using Xebec.Host.Progress;

namespace Xebec.Host.Cli;

/// <summary>Starts this program again, in a session of its own, and follows it until the cluster is ready.</summary>
internal sealed class DetachedProcess(ClusterOptions options, IStageRunner stages)
{
    private const string Script = """log=$1; shift; exec setsid "$@" >>"$log" 2>&1 </dev/null""";

    public static StreamWriter OpenPipe(string handle) => new(new AnonymousPipeClientStream(PipeDirection.Out, handle));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        PrivateFile.CreateFolder(options.DataFolder.Logs);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", options.DataFolder.LogFile, .. OwnCommand(), .. Arguments(pipe)]);
        using var process = Process.Start(start)!;
        pipe.DisposeLocalCopyOfClientHandle();
        using var reader = new StreamReader(pipe);
        await new StageReplay(reader, stages).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<string> OwnCommand()
    {
        var executable = Environment.ProcessPath!;
        var isDotnet = Path.GetFileNameWithoutExtension(executable) == "dotnet";
        return isDotnet ? [executable, Path.Combine(AppContext.BaseDirectory, "xebec.dll")] : [executable];
    }

    private IEnumerable<string> Arguments(AnonymousPipeServerStream pipe)
    {
        List<string> arguments =
            ["up", "--no-install", "--data-dir", options.DataFolder.Root, "--progress-pipe", pipe.GetClientHandleAsString()];
        if (options.KubeconfigPath is not null) arguments.AddRange("--kubeconfig", Path.GetFullPath(options.KubeconfigPath));
        if (options.NodeName is not null) arguments.AddRange("--node-name", options.NodeName);
        if (options.Port is { } port) arguments.AddRange("--port", port.ToString(CultureInfo.InvariantCulture));
        if (options.RegistryMirror is not null) arguments.AddRange("--registry-mirror", options.RegistryMirror);
        foreach (var (name, value) in options.ApiServerFlags) arguments.AddRange($"--{name}", value);
        return arguments;
    }
}
