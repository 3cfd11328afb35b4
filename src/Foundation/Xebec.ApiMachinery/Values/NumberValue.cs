using System.Globalization;
using System.Text.Json;

namespace Xebec.ApiMachinery.Values;

/// <summary>A JSON number: a 64-bit whole number when it was written as one and fits, else a double (as upstream decodes them).</summary>
public sealed class NumberValue : Value
{
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
            return new NumberValue(whole);
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

    // Shortest round-trip digits; exponent form only where Go's encoder uses it (below 1e-6 and from 1e21 on).
    private static string FormatReal(double real)
    {
        var magnitude = Math.Abs(real);
        if (magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21))
            return real.ToString("0.################E+0", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
        return ((decimal)magnitude == 0 && magnitude != 0) || magnitude >= 1e28
            ? real.ToString("F0", CultureInfo.InvariantCulture)
            : real.ToString("0.#################################", CultureInfo.InvariantCulture);
    }
}
