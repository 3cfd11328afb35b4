using System.Buffers;
using System.IO.Pipelines;

namespace Xebec.Kubelet.Server;

/// <summary>Sends a container's log: the part that is asked for and, when following, what is written until the container ends.</summary>
internal sealed class ContainerLogReader(TimeProvider time)
{
    private const int BufferBytes = 32 * 1024;
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    public async Task CopyAsync(string path, LogRequest request, PipeWriter output, Func<bool> isRunning, CancellationToken cancellation)
    {
        var file = Open(path);
        try
        {
            var writer = new LogLineWriter(request, output);
            if (request.TailLines is { } lines)
                file.Position = TailStart(file, lines);
            while (true)
            {
                var wasRunning = isRunning();
                await ReadToEndAsync(file, writer, cancellation);
                await output.FlushAsync(cancellation);
                if (writer.IsFull || !request.Follow)
                    return;
                if (IsRotated(path, file))
                {
                    await file.DisposeAsync();
                    file = Open(path);
                }
                else if (!wasRunning)
                {
                    return;
                }
                else
                {
                    await Task.Delay(PollPeriod, time, cancellation);
                }
            }
        }
        finally
        {
            await file.DisposeAsync();
        }
    }

    /// <summary>Where the last lines of a file begin.</summary>
    internal static long TailStart(Stream file, long lines)
    {
        var buffer = new byte[BufferBytes];
        var position = file.Length;
        var needed = lines + 1;
        if (lines <= 0)
            return position;
        while (position > 0)
        {
            var count = (int)Math.Min(buffer.Length, position);
            position -= count;
            file.Position = position;
            file.ReadExactly(buffer, 0, count);
            for (var i = count - 1; i >= 0; i--)
            {
                if (buffer[i] != '\n')
                    continue;
                if (--needed == 0)
                    return position + i + 1;
            }
        }

        return 0;
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>The rotator renames the file; what is at the path then is a new, shorter one.</summary>
    private static bool IsRotated(string path, FileStream file)
    {
        var info = new FileInfo(path);
        return info.Exists && info.Length < file.Position;
    }

    private static async Task ReadToEndAsync(FileStream file, LogLineWriter writer, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (!writer.IsFull)
            {
                var count = await file.ReadAsync(buffer, cancellation);
                if (count == 0)
                    return;
                await writer.WriteAsync(buffer.AsMemory(0, count), cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
