using System.Globalization;

namespace Xebec.Host.Processes;

/// <summary>One process for all time: its id, the start time that tells it from a later one of that id, and its boot.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTicks">Field 22 of /proc/PID/stat: clock ticks after boot.</param>
/// <param name="BootId">The kernel's random id of this boot.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    public bool IsAlive => Find(Pid) == this;

    public static ProcessIdentity Current => Find(Environment.ProcessId)!;

    /// <summary>The process that has this id now; null when there is none, or only a zombie.</summary>
    public static ProcessIdentity? Find(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[0] is "Z" or "X") return null;
            return new ProcessIdentity(pid, long.Parse(fields[19], CultureInfo.InvariantCulture), ReadBootId());
        }
        catch (IOException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid} {StartTicks} {BootId}");

    public static ProcessIdentity? Parse(string text) =>
        text.Trim().Split(' ') is [var pid, var ticks, var boot]
        && int.TryParse(pid, CultureInfo.InvariantCulture, out var pidNumber)
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out var ticksNumber)
            ? new ProcessIdentity(pidNumber, ticksNumber, boot)
            : null;

    private static string ReadBootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
