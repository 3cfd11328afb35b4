using System.Globalization;

namespace Xebec.ApiMachinery.Quantities;

/// <summary>
/// An exact number with a suffix, as resource amounts are written (API convention "resource.Quantity"): nano precision, rounded up,
/// at most 2^63-1 in magnitude; the canonical form keeps the family of suffixes it was written with.
/// </summary>
public readonly record struct Quantity : IComparable<Quantity>
{
    private const decimal Maximum = 9223372036854775807m;
    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

    /// <summary>An amount in a format.</summary>
    public Quantity(decimal value, QuantityFormat format = QuantityFormat.DecimalSI)
    {
        Value = Clamp(value);
        Format = format;
    }

    /// <summary>The exact amount.</summary>
    public decimal Value { get; }

    /// <summary>The family of suffixes it is written with.</summary>
    public QuantityFormat Format { get; }

    /// <summary>The amount in thousandths, rounded up (CPU is scheduled in these).</summary>
    public long MilliValue => (long)Math.Min(Maximum, decimal.Ceiling(Math.Clamp(Value, -Maximum, Maximum) * 1000m));

    /// <summary>The amount rounded up to a whole number (memory is counted in these).</summary>
    public long WholeValue => (long)decimal.Ceiling(Value);

    /// <summary>Parses a quantity.</summary>
    /// <exception cref="FormatException">Not of the form number plus optional suffix; upstream's wording.</exception>
    public static Quantity Parse(string text) => TryParse(text, out var quantity)
        ? quantity
        : throw new FormatException(FormatMessage);

    internal const string FormatMessage =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    /// <summary>Parses a quantity; false when the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        quantity = default;
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.' || (digits == 0 && text[digits] is '+' or '-')))
            digits++;
        if (!TryParseNumber(text[..digits], out var number) || !TryParseSuffix(text[digits..], out var factor, out var format))
            return false;
        try
        {
            quantity = new Quantity(number * factor, format);
        }
        catch (OverflowException)
        {
            quantity = new Quantity(number < 0 ? -Maximum : Maximum, format);
        }

        return true;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        if (text.IsEmpty || text.IndexOfAnyInRange('0', '9') < 0)
            return false;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number))
            return true;
        number = text[0] == '-' ? -Maximum : Maximum;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out _);
    }

    private static bool TryParseSuffix(ReadOnlySpan<char> suffix, out decimal factor, out QuantityFormat format)
    {
        factor = 1;
        format = QuantityFormat.DecimalSI;
        for (var i = 1; i < BinarySuffixes.Length; i++)
        {
            if (!suffix.SequenceEqual(BinarySuffixes[i]))
                continue;
            factor = Power(1024, i);
            format = QuantityFormat.BinarySI;
            return true;
        }

        for (var i = 0; i < DecimalSuffixes.Length; i++)
        {
            if (!suffix.SequenceEqual(DecimalSuffixes[i]))
                continue;
            factor = i < 3 ? 1 / Power(1000, 3 - i) : Power(1000, i - 3);
            return true;
        }

        return TryParseExponent(suffix, ref factor, ref format);
    }

    private static bool TryParseExponent(ReadOnlySpan<char> suffix, ref decimal factor, ref QuantityFormat format)
    {
        if (suffix.Length < 2 || suffix[0] is not ('e' or 'E') ||
            !int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) ||
            exponent is < -27 or > 27)
            return false;
        factor = exponent < 0 ? 1 / Power(10, -exponent) : Power(10, exponent);
        format = QuantityFormat.DecimalExponent;
        return true;
    }

    private static decimal Power(decimal radix, int exponent)
    {
        var result = 1m;
        for (var i = 0; i < exponent; i++)
            result *= radix;
        return result;
    }

    private static decimal Clamp(decimal value)
    {
        if (value > Maximum)
            return Maximum;
        if (value < -Maximum)
            return -Maximum;
        var magnitude = Math.Abs(value);
        var scaled = magnitude <= 1e18m ? decimal.Ceiling(magnitude * 1e9m) / 1e9m : decimal.Ceiling(magnitude);
        return value < 0 ? -scaled : scaled;
    }

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Value.CompareTo(other.Value);

    /// <summary>Equal amounts are equal whatever they are written with.</summary>
    public bool Equals(Quantity other) => Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The sum, in the left one's format (the right one's when the left is zero).</summary>
    public static Quantity operator +(Quantity left, Quantity right) => new(left.Value + right.Value, left.Value == 0 ? right.Format : left.Format);

    /// <summary>The difference, in the left one's format.</summary>
    public static Quantity operator -(Quantity left, Quantity right) => new(left.Value - right.Value, left.Value == 0 ? right.Format : left.Format);

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Value < right.Value;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Value > right.Value;

    /// <summary>Whether the left amount is smaller or equal.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Value <= right.Value;

    /// <summary>Whether the left amount is larger or equal.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Value >= right.Value;

    /// <summary>The canonical form: the largest suffix that leaves no fraction.</summary>
    public override string ToString()
    {
        if (Value == 0)
            return "0";
        if (Format == QuantityFormat.BinarySI && Math.Abs(Value) >= 1024 && decimal.Truncate(Value) == Value)
            return Scale(1024, BinarySuffixes, 0);
        return Format == QuantityFormat.DecimalExponent ? FormatExponent() : Scale(1000, DecimalSuffixes, 3);
    }

    private string Scale(decimal radix, string[] suffixes, int unit)
    {
        var amount = Value;
        while (unit > 0 && decimal.Truncate(amount) != amount)
        {
            amount *= radix;
            unit--;
        }

        while (unit + 1 < suffixes.Length && amount % radix == 0)
        {
            amount /= radix;
            unit++;
        }

        return Whole(amount) + suffixes[unit];
    }

    private string FormatExponent()
    {
        var (amount, exponent) = (Value, 0);
        for (; decimal.Truncate(amount) != amount; exponent -= 3)
            amount *= 1000;
        for (; amount % 1000 == 0; exponent += 3)
            amount /= 1000;
        return exponent == 0 ? Whole(amount) : $"{Whole(amount)}e{exponent}";
    }

    private static string Whole(decimal amount) => amount.ToString("F0", CultureInfo.InvariantCulture);
}
