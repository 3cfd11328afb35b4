using System.Buffers;
using System.Buffers.Binary;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>
/// One event of a watch in <c>application/vnd.kubernetes.protobuf;stream=watch</c>: its length as four big-endian bytes, then a
/// meta/v1.WatchEvent message without magic, whose raw object has the magic and envelope of its own.
/// </summary>
public static class WatchFrame
{
    /// <summary>Writes an event.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="type">ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</param>
    /// <param name="tree">The object as a decoded tree with apiVersion and kind.</param>
    /// <param name="schema">The object's struct (Status for ERROR).</param>
    public static void Write(IBufferWriter<byte> output, string type, ObjectValue tree, StructSchema schema)
    {
        using var buffer = new BackwardBuffer();
        KubernetesProtobuf.PutObject(buffer, tree, schema);
        buffer.Header(1, 0);
        buffer.Header(2, 0);
        buffer.TextField(1, type);
        var length = (uint)buffer.Length;
        BinaryPrimitives.WriteUInt32BigEndian(buffer.Room(4), length);
        output.Write(buffer.Written);
    }

    /// <summary>Reads the first event of a stream; false when the bytes hold no whole frame yet.</summary>
    /// <param name="stream">The bytes received and not read yet.</param>
    /// <param name="type">The event's type.</param>
    /// <param name="rawObject">The object with its envelope, a slice of the input.</param>
    /// <param name="consumedBytes">How many bytes the frame took.</param>
    /// <exception cref="DecodeException">A malformed message.</exception>
    public static bool TryRead(ReadOnlySpan<byte> stream, out string type, out ReadOnlySpan<byte> rawObject, out int consumedBytes)
    {
        type = "";
        rawObject = [];
        consumedBytes = 0;
        if (stream.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(stream) is var length && length > stream.Length - 4)
            return false;
        consumedBytes = 4 + (int)length;
        var reader = new WireReader(stream[4..consumedBytes]);
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.Tag();
            if (number == 1 && wire == WireType.Bytes)
                type = System.Text.Encoding.UTF8.GetString(reader.Bytes());
            else if (number == 2 && wire == WireType.Bytes)
                rawObject = RawOf(reader.Bytes());
            else
                reader.Skip(wire);
        }

        return true;
    }

    private static ReadOnlySpan<byte> RawOf(ReadOnlySpan<byte> extension)
    {
        var reader = new WireReader(extension);
        ReadOnlySpan<byte> raw = [];
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.Tag();
            if (number == 1 && wire == WireType.Bytes)
                raw = reader.Bytes();
            else
                reader.Skip(wire);
        }

        return raw;
    }
}
