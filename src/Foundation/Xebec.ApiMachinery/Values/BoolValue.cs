using System.Text.Json;

namespace Xebec.ApiMachinery.Values;

/// <summary>JSON true or false.</summary>
public sealed class BoolValue : Value
{
    /// <summary>true.</summary>
    public static readonly BoolValue True = new(true);

    /// <summary>false.</summary>
    public static readonly BoolValue False = new(false);

    private BoolValue(bool flag) => Flag = flag;

    /// <summary>The boolean.</summary>
    public bool Flag { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Bool;

    /// <inheritdoc/>
    public override Value DeepClone() => this;

    /// <inheritdoc/>
    public override bool DeepEquals(Value? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteBooleanValue(Flag);
}
