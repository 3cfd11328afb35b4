namespace Xebec.Kubelet.Cri.Linux;

/// <summary>A program of the node that failed; exit code -1 means it could not be started.</summary>
public sealed class HostCommandException(string program, IReadOnlyList<string> arguments, int exitCode, string errors)
    : Exception($"{program} {string.Join(' ', arguments)} ended with code {exitCode}: {errors}")
{
    /// <summary>The program's exit code, -1 if it never ran.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What it wrote to standard error.</summary>
    public string Errors { get; } = errors;
}
