using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Xebec.Api;

namespace Xebec.Client;

/// <summary>Cuts a watch's response into frames, one a line, and reads them.</summary>
internal static class WatchStream
{
    public static async IAsyncEnumerable<WatchEvent<T>> ReadAsync<T>(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
        where T : class, IApiType<T>
    {
        var pipe = PipeReader.Create(stream);
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancellation);
                var buffer = read.Buffer;
                while (TryReadFrame<T>(ref buffer, out var watchEvent))
                {
                    if (watchEvent is { } received)
                        yield return received;
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                    yield break;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static bool TryReadFrame<T>(ref ReadOnlySequence<byte> buffer, out WatchEvent<T>? watchEvent)
        where T : class, IApiType<T>
    {
        watchEvent = null;
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return false;
        var frame = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        if (!frame.IsEmpty)
            watchEvent = Read<T>(frame);
        return true;
    }

    private static WatchEvent<T> Read<T>(ReadOnlySequence<byte> frame)
        where T : class, IApiType<T>
    {
        if (frame.IsSingleSegment)
            return WatchEventReader.Read<T>(frame.FirstSpan);
        var rented = ArrayPool<byte>.Shared.Rent(checked((int)frame.Length));
        try
        {
            frame.CopyTo(rented);
            return WatchEventReader.Read<T>(rented.AsSpan(0, (int)frame.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
