using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>What the libraries share about strings.</summary>
internal static class Text
{
    /// <summary>No function makes a longer string: a few calls could otherwise fill the memory at little cost.</summary>
    public const int MaximumLength = 16 * 1024 * 1024;

    public static string Of(CelValue value) => ((CelString)value).Text;

    public static CelValue Concat(CelValue left, CelValue right) => (long)Of(left).Length + Of(right).Length <= MaximumLength
        ? new CelString(Of(left) + Of(right))
        : TooLong();

    public static CelError TooLong() => new($"string too long: more than {MaximumLength} characters");

    /// <summary>The UTF-16 offset of a code point; -1 when the text is shorter.</summary>
    public static int OffsetOf(string text, long codePoint)
    {
        if (codePoint < 0)
            return -1;
        var offset = 0;
        for (; codePoint > 0; codePoint--)
        {
            if (offset >= text.Length)
                return -1;
            offset += char.IsSurrogatePair(text, offset) ? 2 : 1;
        }

        return offset;
    }

    /// <summary>The code point at a UTF-16 offset.</summary>
    public static long CodePointAt(string text, int offset) => offset < 0 ? -1 : CelString.CodePoints(text[..offset]);
}
