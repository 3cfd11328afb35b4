using System.Diagnostics;
using System.Globalization;

namespace Xebec.ApiServer.Tests.Faults;

/// <summary>This test program started again as a server that a test may kill.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public static ServerProcess Start(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        start.ArgumentList.Add(ServerChild.Argument);
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // Its pipes would stay in /tmp when it is killed.
        start.ArgumentList.Add(folder);
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>The port it serves, or null when it was killed before it was ready.</summary>
    public async Task<int?> ReadPortAsync() =>
        await _process.StandardOutput.ReadLineAsync() is { } line ? int.Parse(line, CultureInfo.InvariantCulture) : null;

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
