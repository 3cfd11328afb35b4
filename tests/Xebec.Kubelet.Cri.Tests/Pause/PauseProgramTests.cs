using System.Diagnostics;
using System.Runtime.InteropServices;
using Xebec.Kubelet.Cri.Linux;

namespace Xebec.Kubelet.Cri.Pause;

public sealed class PauseProgramTests
{
    [Theory]
    [InlineData(Libc.SigTerm)]
    [InlineData(2)]
    public async Task It_waits_and_exits_with_0_on_the_end_signals(int signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture is Architecture.X64 or Architecture.Arm64,
            "needs Linux");
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("pause");
        await File.WriteAllBytesAsync(path, PauseProgram.Write(RuntimeInformation.OSArchitecture));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        using var process = Process.Start(path);
        try
        {
            await WaitUntilItWaitsAsync(process.Id);
            Libc.Signal(process.Id, signal);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Theory]
    [InlineData(Architecture.X64, 62)]
    [InlineData(Architecture.Arm64, 183)]
    public void It_is_a_small_elf_file_for_its_machine(Architecture architecture, byte machine)
    {
        var image = PauseProgram.Write(architecture);

        Assert.Equal("\u007fELF"u8, image.AsSpan(0, 4));
        Assert.Equal(machine, image[18]);
        Assert.InRange(image.Length, 200, 300);
    }

    [Fact]
    public void Other_machines_are_refused_by_name() =>
        Assert.Contains("RiscV64", Assert.Throws<PlatformNotSupportedException>(() => PauseProgram.Write(Architecture.RiscV64)).Message);

    /// <summary>The first word of /proc/PID/syscall is the number of the call it sleeps in: rt_sigtimedwait.</summary>
    private static async Task WaitUntilItWaitsAsync(int processId)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var number = (await File.ReadAllTextAsync($"/proc/{processId}/syscall")).Split(' ')[0];
            if (number == (RuntimeInformation.OSArchitecture == Architecture.X64 ? "128" : "137"))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
        Assert.Fail("it never came to its wait");
    }
}
