using System.Text;

namespace Xebec.ApiServer.Proxy;

/// <summary>
/// Writes each value of a header on a line of its own (HTTP/1.1). HttpClient joins the values of headers it does not know by commas, which
/// for X-Remote-Group would make one group of many: Go's servers read lines.
/// </summary>
internal sealed class RepeatedHeaderEncoding(string header) : Encoding
{
    private const char Separator = '\uE000';
    private readonly byte[] _nextLine = Latin1.GetBytes($"\r\n{header}: ");

    /// <summary>
    /// The values in one text, which this encoding takes apart again. A value that has the separator loses it, or its rest would pass for
    /// another value: a group of that name.
    /// </summary>
    public static string Join(IEnumerable<string?> values) => string.Join(Separator, values.Select(v => v?.Replace(Separator, '\uFFFD')));

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => Encode(chars.AsSpan(index, count)).Length;

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        var encoded = Encode(chars.AsSpan(charIndex, charCount));
        encoded.CopyTo(bytes, byteIndex);
        return encoded.Length;
    }

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount) + charCount * _nextLine.Length;

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => throw new NotSupportedException("headers are only written");

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        throw new NotSupportedException("headers are only written");

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => throw new NotSupportedException("headers are only written");

    private byte[] Encode(ReadOnlySpan<char> text)
    {
        using var output = new MemoryStream();
        var isFirst = true;
        foreach (var range in text.Split(Separator))
        {
            if (!isFirst)
                output.Write(_nextLine);
            isFirst = false;
            output.Write(UTF8.GetBytes(text[range].ToString()));
        }

        return output.ToArray();
    }
}
