using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Values;

/// <summary>Text. Sizes and positions are in code points, order is by code point.</summary>
internal sealed class CelString(string text) : CelValue
{
    public static readonly CelString Empty = new("");

    public string Text { get; } = text;

    public override CelType Type => CelType.String;

    internal override long? Size => CodePoints(Text);

    internal override bool IsZero => Text.Length == 0;

    public static int CodePoints(string text)
    {
        var count = text.Length;
        foreach (var unit in text)
        {
            if (char.IsLowSurrogate(unit))
                count--;
        }

        return count;
    }

    public override string? AsString() => Text;

    public override Value ToJson() => Text;

    internal override bool EqualTo(CelValue other) => other is CelString text && text.Text == Text;

    internal override int? CompareTo(CelValue other) => other is CelString text ? Order(Text, text.Text) : null;

    internal override int Hash() => string.GetHashCode(Text, StringComparison.Ordinal);

    // UTF-16 units order as code points do, but for surrogates, which stand for larger ones than U+E000 to U+FFFF.
    private static int Order(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[common], right[common]);
        var order = char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
        return Math.Sign(order);
    }
}
