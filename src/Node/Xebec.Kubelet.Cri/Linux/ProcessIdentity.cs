using System.Globalization;

namespace Xebec.Kubelet.Cri.Linux;

/// <summary>One process for good: a pid alone may be another's by now. The start time is in clock ticks since this boot.</summary>
internal sealed record ProcessIdentity(int ProcessId, ulong StartTimeTicks, string BootId)
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    /// <summary>Position of the start time in /proc/PID/stat, counted from the state that follows the command's closing bracket.</summary>
    private const int StartTimeIndex = 19;

    public static string CurrentBootId() => File.ReadAllText(BootIdPath).Trim();

    /// <summary>Reads <c>PID START BOOT</c>; null for anything else.</summary>
    public static ProcessIdentity? Parse(string text)
    {
        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 3 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var processId)
            && ulong.TryParse(parts[1], CultureInfo.InvariantCulture, out var startTime)
            ? new ProcessIdentity(processId, startTime, parts[2]) : null;
    }

    public static ProcessIdentity? ReadFile(string path) => File.Exists(path) ? Parse(File.ReadAllText(path)) : null;

    /// <summary>State letter and start time in a /proc/PID/stat line; the command in brackets may hold spaces and brackets.</summary>
    public static (char State, ulong StartTimeTicks) ParseStat(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[0][0], ulong.Parse(fields[StartTimeIndex], CultureInfo.InvariantCulture));
    }

    /// <summary>Whether it still runs; a zombie does not.</summary>
    public bool IsAlive()
    {
        try
        {
            var (state, startTime) = ParseStat(File.ReadAllText($"/proc/{ProcessId}/stat"));
            return startTime == StartTimeTicks && state is not ('Z' or 'X') && BootId == CurrentBootId();
        }
        catch (IOException)
        {
            return false;
        }
    }
}
