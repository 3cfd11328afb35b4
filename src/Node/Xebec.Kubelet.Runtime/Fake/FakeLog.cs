using System.Globalization;

namespace Xebec.Kubelet.Runtime.Fake;

/// <summary>Writes container logs in CRI's format, for pods whose log folder really exists.</summary>
internal static class FakeLog
{
    public static void Write(FakeContainer container, DateTimeOffset now)
    {
        if (container.LogFile.Length == 0 || !Directory.Exists(container.Sandbox.Config.LogDirectory))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(container.LogFile)!);
        var time = now.ToString("yyyy-MM-ddTHH:mm:ss.fffffff00K", CultureInfo.InvariantCulture);
        File.AppendAllLines(container.LogFile, container.Behavior.Output.Select(line => $"{time} stdout F {line}"));
    }
}
