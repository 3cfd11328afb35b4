using System.Runtime.InteropServices;
using System.Text;

namespace Xebec.ApiServer.Discovery;

/// <summary>What /version says: the Kubernetes version whose API is spoken, and what speaks it.</summary>
internal static class VersionInfo
{
    /// <summary>The version of the API.</summary>
    public const string GitVersion = "v1.36.0+xebec";

    /// <summary>The answer of /version.</summary>
    public static byte[] Json { get; } = Encoding.UTF8.GetBytes(
        $$"""
        {
          "major": "1", "minor": "36", "emulationMajor": "1", "emulationMinor": "36",
          "minCompatibilityMajor": "1", "minCompatibilityMinor": "35",
          "gitVersion": "{{GitVersion}}", "gitCommit": "", "gitTreeState": "clean", "buildDate": "1970-01-01T00:00:00Z",
          "goVersion": "{{RuntimeInformation.FrameworkDescription}}", "compiler": "roslyn",
          "platform": "linux/{{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64")}}"
        }
        """);
}
