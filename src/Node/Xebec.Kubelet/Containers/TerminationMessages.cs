using System.Text;
using Xebec.Kubelet.Pleg;

namespace Xebec.Kubelet.Containers;

/// <summary>What a container had to say when it ended: the file it wrote or, after an error, the end of its log.</summary>
internal sealed class TerminationMessages(PodFolders folders)
{
    private const int MaximumBytes = 4096;
    private const int MaximumLogBytes = 2048;
    private const int MaximumLogLines = 80;

    public string Of(Runtime.ContainerStatus status)
    {
        if (!folders.Exist || status.State != Runtime.ContainerState.Exited)
            return status.Message;
        var uid = status.Labels.GetValueOrDefault(RuntimeLabels.PodUid, "");
        var attempt = RuntimeLabels.RestartCountOf(status);
        var written = ReadEnd(folders.TerminationLog(uid, status.Metadata.Name, attempt), MaximumBytes);
        var fallBack = status.Annotations.GetValueOrDefault(
            RuntimeLabels.TerminationMessagePolicy) == TerminationMessagePolicy.FallbackToLogsOnError;
        if (written.Length == 0 && fallBack && status.ExitCode != 0)
            written = LogEnd(status.LogPath);
        return written.Length > 0 ? written : status.Message;
    }

    private static string LogEnd(string path)
    {
        var lines = ReadEnd(path, MaximumLogBytes * 4).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join('\n', lines.TakeLast(MaximumLogLines).Select(Message));
        return text.Length <= MaximumLogBytes ? text : text[^MaximumLogBytes..];
    }

    /// <summary>A CRI log line is TIME STREAM TAG MESSAGE.</summary>
    private static string Message(string line) => line.Split(' ', 4) is [_, _, _, var message] ? message : line;

    private static string ReadEnd(string path, int maximumBytes)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > maximumBytes)
                file.Seek(-maximumBytes, SeekOrigin.End);
            var buffer = new byte[maximumBytes];
            var count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(buffer, 0, count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }
}
