using System.Globalization;
using System.Runtime.InteropServices;

namespace Xebec.Kubelet.Nodes;

/// <summary>What the machine is: processors, memory, disk, names. Read once.</summary>
internal sealed record MachineFacts
{
    public int Cpus { get; init; } = 1;

    public long MemoryBytes { get; init; }

    public long DiskBytes { get; init; }

    public string MachineId { get; init; } = "";

    public string BootId { get; init; } = "";

    public string KernelVersion { get; init; } = "";

    public string OsImage { get; init; } = "";

    public string Architecture { get; init; } = "";

    public static MachineFacts Read(KubeletOptions options) => new()
    {
        Cpus = options.CapacityCpus > 0 ? options.CapacityCpus : Environment.ProcessorCount,
        MemoryBytes = options.CapacityMemoryBytes > 0 ? options.CapacityMemoryBytes : MemInfo("MemTotal:"),
        DiskBytes = options.RootDirectory is { } root && Directory.Exists(root) ? new DriveInfo(root).TotalSize : 0,
        MachineId = Line("/etc/machine-id"),
        BootId = Line("/proc/sys/kernel/random/boot_id"),
        KernelVersion = Line("/proc/sys/kernel/osrelease"),
        OsImage = PrettyName(),
        Architecture = RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "amd64",
            System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
            var other => other.ToString().ToLowerInvariant(),
        },
    };

    /// <summary>A line of /proc/meminfo, in bytes; 0 when it is not there.</summary>
    public static long MemInfo(string name)
    {
        if (!File.Exists("/proc/meminfo"))
            return 0;
        foreach (var line in File.ReadLines("/proc/meminfo"))
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
                return long.Parse(line.AsSpan(name.Length).Trim(" kB"), CultureInfo.InvariantCulture) * 1024;
        }

        return 0;
    }

    private static string Line(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "";

    private static string PrettyName()
    {
        if (!File.Exists("/etc/os-release"))
            return "Linux";
        var line = File.ReadLines("/etc/os-release").FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal));
        return line?["PRETTY_NAME=".Length..].Trim('"') ?? "Linux";
    }
}
