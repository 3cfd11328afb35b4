using System.Buffers;
using System.Text;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Protobuf;

/// <summary>
/// Objects as application/vnd.kubernetes.protobuf: four magic bytes, then a runtime.Unknown message with apiVersion and kind around
/// the object's own message. Guided by the schema's wire numbers, byte for byte what upstream writes.
/// </summary>
public static class KubernetesProtobuf
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Whether bytes begin as a Kubernetes protobuf object.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>Reads the envelope, which names the kind and so the schema to decode with.</summary>
    /// <exception cref="DecodeException">No magic bytes or a malformed message.</exception>
    public static ProtobufEnvelope ReadEnvelope(ReadOnlySpan<byte> bytes)
    {
        if (!HasMagic(bytes))
        {
            throw new DecodeException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")
            {
                IsUnreadable = true,
            };
        }

        var reader = new WireReader(bytes[Magic.Length..]);
        var (apiVersion, kind, contentType) = ("", "", "");
        ReadOnlySpan<byte> raw = [];
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.Tag();
            if (wire != WireType.Bytes || number > 4)
                reader.Skip(wire);
            else if (number == 1)
                (apiVersion, kind) = ReadTypeMeta(reader.Bytes());
            else if (number == 2)
                raw = reader.Bytes();
            else if (number == 4)
                contentType = Encoding.UTF8.GetString(reader.Bytes());
            else
                reader.Skip(wire);
        }

        return new ProtobufEnvelope(apiVersion, kind, raw, contentType);
    }

    /// <summary>Decodes the message in an envelope into the tree that its JSON would decode to.</summary>
    /// <exception cref="DecodeException">A malformed message.</exception>
    public static ObjectValue Decode(ProtobufEnvelope envelope, StructSchema schema)
    {
        var tree = DecodeMessage(envelope.Raw, schema);
        return TypeMeta.With(tree, schema, envelope.ApiVersion, envelope.Kind);
    }

    /// <summary>Decodes a message without an envelope.</summary>
    /// <exception cref="DecodeException">A malformed message.</exception>
    public static ObjectValue DecodeMessage(ReadOnlySpan<byte> message, StructSchema schema)
    {
        var context = DecodeContext.Take();
        try
        {
            return new MessageReader(context).Read(message, schema);
        }
        finally
        {
            context.Return();
        }
    }

    /// <summary>Writes a decoded tree with its envelope.</summary>
    public static void Encode(ObjectValue tree, StructSchema schema, IBufferWriter<byte> output)
    {
        using var buffer = new BackwardBuffer();
        PutObject(buffer, tree, schema);
        output.Write(buffer.Written);
    }

    /// <summary>Writes an object's stored JSON as protobuf with its envelope.</summary>
    /// <exception cref="DecodeException">Not JSON of the schema.</exception>
    public static void EncodeJson(ReadOnlySpan<byte> utf8Json, StructSchema schema, IBufferWriter<byte> output) =>
        Encode(ObjectDecoder.Decode(utf8Json, schema).Object, schema, output);

    internal static void PutObject(BackwardBuffer buffer, ObjectValue tree, StructSchema schema)
    {
        PutEnvelopeEnd(buffer);
        var before = buffer.Length;
        PutMessage(buffer, tree, schema);
        PutEnvelopeStart(buffer, -before, TypeMeta.Of(tree, schema));
    }

    internal static void PutMessage(BackwardBuffer buffer, ObjectValue tree, StructSchema schema)
    {
        var context = DecodeContext.Take();
        try
        {
            new MessageWriter(buffer, context).Write(tree, schema);
        }
        finally
        {
            context.Return();
        }
    }

    internal static void PutEnvelopeEnd(BackwardBuffer buffer)
    {
        buffer.TextField(4, "");
        buffer.TextField(3, "");
    }

    // The raw message is what the buffer holds plus what is written elsewhere (a list's items), or less what was there before it.
    internal static void PutEnvelopeStart(BackwardBuffer buffer, long additionalBytes, (string ApiVersion, string Kind) type)
    {
        buffer.Varint((ulong)(buffer.Length + additionalBytes));
        buffer.Tag(2, WireType.Bytes);
        var before = buffer.Length;
        buffer.TextField(2, type.Kind);
        buffer.TextField(1, type.ApiVersion);
        buffer.Header(1, before);
        buffer.Bytes(Magic);
    }

    private static (string ApiVersion, string Kind) ReadTypeMeta(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var (apiVersion, kind) = ("", "");
        while (!reader.AtEnd)
        {
            var (number, wire) = reader.Tag();
            if (number == 1 && wire == WireType.Bytes)
                apiVersion = Encoding.UTF8.GetString(reader.Bytes());
            else if (number == 2 && wire == WireType.Bytes)
                kind = Encoding.UTF8.GetString(reader.Bytes());
            else
                reader.Skip(wire);
        }

        return (apiVersion, kind);
    }
}
