using System.Text.Json;

namespace Xebec.ApiMachinery.Values;

/// <summary>A JSON string.</summary>
/// <param name="text">The unescaped text.</param>
public sealed class StringValue(string text) : Value
{
    internal static readonly StringValue Empty = new("");

    /// <summary>The unescaped text.</summary>
    public string Text { get; } = text;

    internal static new StringValue Read(ref Utf8JsonReader reader) =>
        reader.ValueSpan.IsEmpty ? Empty : new StringValue(JsonText.Read(ref reader));

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.String;

    /// <inheritdoc/>
    public override Value DeepClone() => this;

    /// <inheritdoc/>
    public override bool DeepEquals(Value? other) => other is StringValue s && s.Text == Text;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteStringValue(Text);
}
