using System.Text.Json;

namespace Xebec.ApiMachinery.Values;

/// <summary>A JSON string.</summary>
/// <param name="text">The unescaped text.</param>
public sealed class StringValue(string text) : Value
{
    /// <summary>The unescaped text.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.String;

    /// <inheritdoc/>
    public override Value DeepClone() => this;

    /// <inheritdoc/>
    public override bool DeepEquals(Value? other) => other is StringValue s && s.Text == Text;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteStringValue(Text);
}
