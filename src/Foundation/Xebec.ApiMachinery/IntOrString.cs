using System.Globalization;

namespace Xebec.ApiMachinery;

/// <summary>A port, a count or a percentage: a 32-bit integer or a string (API type intstr.IntOrString).</summary>
public readonly record struct IntOrString
{
    /// <summary>A number.</summary>
    public IntOrString(int number) => Number = number;

    /// <summary>A text, for example a port's name or "25%".</summary>
    public IntOrString(string text) => Text = text;

    /// <summary>The text, null when it is a number.</summary>
    public string? Text { get; }

    /// <summary>The number; 0 when it is a text.</summary>
    public int Number { get; }

    /// <summary>A number.</summary>
    public static implicit operator IntOrString(int number) => new(number);

    /// <summary>A text.</summary>
    public static implicit operator IntOrString(string text) => new(text);

    /// <summary>The number, or the percentage of a total; a percentage is rounded up or down.</summary>
    /// <exception cref="FormatException">The text is not a percentage.</exception>
    public int Resolve(int total, bool roundUp)
    {
        if (Text is null)
            return Number;
        if (!Text.EndsWith('%') || !int.TryParse(Text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var percent))
            throw new FormatException($"invalid value for IntOrString: {Text} is not a percentage");
        var product = (long)percent * total;
        return (int)((roundUp ? product + 99 : product) / 100);
    }

    /// <inheritdoc/>
    public override string ToString() => Text ?? Number.ToString(CultureInfo.InvariantCulture);
}
