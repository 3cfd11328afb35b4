using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Xebec.Bench;

/// <summary>A server of our own in a folder of its own; stopped, and the folder deleted, when disposed.</summary>
internal sealed class StartedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly Process _process;
    private readonly int _port;
    private readonly Stopwatch _clock;

    private StartedServer(string folder, int port, Stopwatch clock, Process process) =>
        (_folder, _port, _clock, _process) = (folder, port, clock, process);

    public ServerProcesses Processes => new(() => _process.HasExited ? [] : ServerProcesses.TreeOf(_process.Id));

    private string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    /// <summary>Milliseconds from the command's start to the first 200 of /readyz.</summary>
    public double ReadyMilliseconds { get; private set; }

    /// <summary>Milliseconds from the command's start to the ServiceAccount default in the namespace default.</summary>
    public double ServiceAccountMilliseconds { get; private set; }

    /// <summary>CPU spent until then, in microseconds.</summary>
    public double StartCpuMicroseconds { get; private set; }

    public static async Task<StartedServer> StartAsync(string command)
    {
        var folder = Directory.CreateTempSubdirectory("xebec-bench-").FullName;
        var port = FreePort();
        var line = command.Replace("{data}", Path.Combine(folder, "data"), StringComparison.Ordinal)
            .Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{kubeconfig}", Path.Combine(folder, "kubeconfig"), StringComparison.Ordinal);
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The shell sends the log to a file and becomes the server, so that the process we know is the server's.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", Path.Combine(folder, "log"), .. words]);
        var clock = Stopwatch.StartNew();
        var server = new StartedServer(folder, port, clock, Process.Start(start)!);
        try
        {
            await server.WaitAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The target its kubeconfig names.</summary>
    public Target Target => Target.FromKubeconfig(Kubeconfig);

    private async Task WaitAsync()
    {
        var anonymous = new Target(new Uri($"https://127.0.0.1:{_port}"), null, null, null);
        await UntilAsync(() => AnswersAsync(anonymous, "/readyz"));
        ReadyMilliseconds = _clock.Elapsed.TotalMilliseconds;
        await UntilAsync(() => Task.FromResult(File.Exists(Kubeconfig)));
        await UntilAsync(() => AnswersAsync(Target, "/api/v1/namespaces/default/serviceaccounts/default"));
        ServiceAccountMilliseconds = _clock.Elapsed.TotalMilliseconds;
        StartCpuMicroseconds = Processes.CpuMicroseconds;
    }

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            if (_process.HasExited || _clock.Elapsed > Patience)
                throw new InvalidOperationException("the server did not become ready: " + File.ReadAllText(Path.Combine(_folder, "log")));
            await Task.Delay(4);
        }
    }

    private static async Task<bool> AnswersAsync(Target target, string path)
    {
        try
        {
            using var connection = await ApiConnection.OpenAsync(target);
            return await connection.BeginAsync(RequestTemplate.Create(target, "GET", path).Fill()) == 200;
        }
        catch (Exception e) when (e is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
