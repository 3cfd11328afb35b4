using System.Text;

namespace Xebec.ApiServer.Tests.OpenApi;

/// <summary>A protobuf message read by field numbers alone.</summary>
internal sealed class WireFields
{
    private readonly List<(int Number, byte[] Bytes)> _fields = [];

    public WireFields(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var length = (tag & 7) switch
            {
                0 => message.Length - Rest(message),
                1 => 8,
                2 => (int)Varint(ref message),
                var type => throw new FormatException($"wire type {type}"),
            };
            _fields.Add(((int)(tag >> 3), message[..length].ToArray()));
            message = message[length..];
        }
    }

    public IEnumerable<WireFields> Messages(int number) => _fields.Where(f => f.Number == number).Select(f => new WireFields(f.Bytes));

    public WireFields Message(params int[] path) => path.Aggregate(this, static (message, number) => message.Messages(number).Single());

    public string Text(int number) => Encoding.UTF8.GetString(_fields.Single(f => f.Number == number).Bytes);

    public IEnumerable<string> Texts(int number) => _fields.Where(f => f.Number == number).Select(f => Encoding.UTF8.GetString(f.Bytes));

    /// <summary>The value of a name among pairs of name (1) and value (2).</summary>
    public WireFields Named(int number, string name) => Messages(number).Single(m => m.Text(1) == name).Message(2);

    private static int Rest(ReadOnlySpan<byte> message)
    {
        Varint(ref message);
        return message.Length;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[0];
            message = message[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
