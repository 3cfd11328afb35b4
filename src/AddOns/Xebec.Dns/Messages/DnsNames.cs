namespace Xebec.Dns.Messages;

/// <summary>Names on the wire and as text: lower case, dots between labels, none at the end.</summary>
internal static class DnsNames
{
    /// <summary>Reads a name without compression, as a question must have it.</summary>
    public static bool TryReadPlain(ReadOnlySpan<byte> message, ref int position, Span<char> text, out int length)
    {
        var start = position;
        length = 0;
        while (position < message.Length)
        {
            int label = message[position++];
            if (label == 0) return true;
            if (label > DnsWire.MaxLabelLength || position + label > message.Length) return false;
            if (position + label - start >= DnsWire.MaxNameLength) return false;
            AppendLabel(message.Slice(position, label), text, ref length);
            position += label;
        }

        return false;
    }

    /// <summary>Reads a name that may point back into the message; <paramref name="position"/> ends behind it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int position, Span<char> text, out int length)
    {
        length = 0;
        var current = position;
        var lowest = position;
        var followed = false;
        while (current < message.Length)
        {
            int label = message[current];
            if (label == 0)
            {
                if (!followed) position = current + 1;
                return true;
            }

            if ((label & DnsWire.PointerMask) == DnsWire.PointerMask)
            {
                if (current + 1 >= message.Length) return false;
                if (!followed) position = current + 2;
                followed = true;
                current = ((label & 0x3F) << 8) | message[current + 1];
                // Pointers go strictly back, so that no message can make us circle.
                if (current >= lowest) return false;
                lowest = current;
                continue;
            }

            if (label > DnsWire.MaxLabelLength || current + 1 + label > message.Length) return false;
            if (length + label + 1 >= DnsWire.MaxNameLength) return false;
            AppendLabel(message.Slice(current + 1, label), text, ref length);
            current += 1 + label;
        }

        return false;
    }

    /// <summary>Moves behind a name.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> message, ref int position)
    {
        while (position < message.Length)
        {
            int label = message[position];
            if ((label & DnsWire.PointerMask) == DnsWire.PointerMask)
            {
                position += 2;
                return position <= message.Length;
            }

            if (label > DnsWire.MaxLabelLength) return false;
            position += 1 + label;
            if (label == 0) return true;
        }

        return false;
    }

    private static void AppendLabel(ReadOnlySpan<byte> label, Span<char> text, ref int length)
    {
        if (length > 0) text[length++] = '.';
        foreach (var value in label)
        {
            text[length++] = value switch
            {
                >= (byte)'A' and <= (byte)'Z' => (char)(value | 0x20),
                (byte)'.' or >= 0x7F or <= 0x20 => DnsWire.Foreign,
                _ => (char)value,
            };
        }
    }
}
