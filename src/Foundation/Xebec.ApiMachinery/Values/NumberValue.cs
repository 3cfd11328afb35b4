using System.Globalization;
using System.Text.Json;

namespace Xebec.ApiMachinery.Values;

/// <summary>A JSON number: a 64-bit whole number when it was written as one and fits, else a double (as upstream decodes them).</summary>
public sealed class NumberValue : Value
{
    internal static readonly NumberValue Zero = new(0L);
    private static readonly NumberValue[] Small = [.. Enumerable.Range(0, 256).Select(i => new NumberValue((long)i))];
    private readonly double _real;

    /// <summary>A whole number.</summary>
    public NumberValue(long whole)
    {
        Whole = whole;
        IsWhole = true;
        _real = whole;
    }

    /// <summary>A real number; must be finite.</summary>
    public NumberValue(double real)
    {
        if (!double.IsFinite(real))
            throw new ArgumentOutOfRangeException(nameof(real), real, "JSON numbers are finite");
        _real = real;
    }

    /// <summary>True when it was written without fraction and exponent and fits 64 bits.</summary>
    public bool IsWhole { get; }

    /// <summary>The whole number; 0 unless <see cref="IsWhole"/>.</summary>
    public long Whole { get; }

    /// <summary>The number as a double.</summary>
    public double Real => _real;

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Number;

    internal static new NumberValue Read(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole))
            return (ulong)whole < 256 ? Small[whole] : new NumberValue(whole);
        var real = reader.GetDouble();
        return double.IsFinite(real) ? new NumberValue(real) : throw new JsonException("number out of range");
    }

    /// <inheritdoc/>
    public override Value DeepClone() => this;

    /// <inheritdoc/>
    public override bool DeepEquals(Value? other) =>
        other is NumberValue n && (n.IsWhole && IsWhole ? n.Whole == Whole : n._real.Equals(_real));

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        if (IsWhole)
            writer.WriteNumberValue(Whole);
        else
            writer.WriteRawValue(FormatReal(_real), skipInputValidation: true);
    }

    // Shortest round-trip digits laid out as Go does: exponent form below 1e-6 and from 1e21 on.
    private static string FormatReal(double real)
    {
        var shortest = real.ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        if (mark < 0)
            return shortest;
        var exponent = int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = Digits(shortest);
        var sign = real < 0 ? "-" : "";
        if (exponent is < -6 or >= 21)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? sign + digits.PadRight(exponent + 1, '0')
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static string Digits(string shortest)
    {
        var mantissa = shortest.Split('E')[0].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return mantissa.TrimStart('0').TrimEnd('0');
    }
}
