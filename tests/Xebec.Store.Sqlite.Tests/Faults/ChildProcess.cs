using System.Diagnostics;

namespace Xebec.Store.Sqlite.Tests.Faults;

/// <summary>This test program, started again as a child that a test may kill.</summary>
internal static class ChildProcess
{
    public static Process Start(string argument, string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // Its pipes would stay in /tmp when it is killed.
        start.ArgumentList.Add(argument);
        start.ArgumentList.Add(path);
        return Process.Start(start)!;
    }
}
