using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Apply;

/// <summary>
/// A type and the field that uses it: all that ownership needs of the schema. No type means it is deduced from the value.
/// </summary>
internal readonly struct TypedField(TypeSchema? type, FieldSchema? field = null)
{
    private static readonly ObjectValue EmptyObject = [];

    public TypeSchema? Type { get; } = type;

    public FieldSchema? Field { get; } = field;

    private bool IsDeduced => Type is null or ScalarSchema { Kind: ScalarKind.RawExtension };

    /// <summary>How the two sides of a comparison are treated; null and absent take the other side's form.</summary>
    public FieldShape Shape(Value? left, Value? right) => Type switch
    {
        StructSchema s => s.Atomic || Field is { Atomic: true } ? FieldShape.Leaf : FormOf(left, right, FieldShape.Members),
        MapSchema => Field is { Atomic: true } ? FieldShape.Leaf : FormOf(left, right, FieldShape.Members),
        ListSchema => Field is null or { ListType: ListType.Atomic } ? FieldShape.Leaf : FormOf(left, right, FieldShape.Items),
        _ => IsDeduced ? FormOf(left, right, FieldShape.Members) : FieldShape.Leaf,
    };

    /// <summary>Whether a member is a declared field of a struct (else it is a key of a map).</summary>
    public bool IsDeclared(string member) => Type is StructSchema s && s.Field(member) is not null;

    public TypedField Member(string name) => Type switch
    {
        StructSchema s when s.Field(name) is { } field => new(field.Type, field),
        MapSchema map => new(map.Value, map.ValueField),
        _ => default,
    };

    public TypedField Item => Type is ListSchema list ? new(list.Item, list.ItemField) : default;

    /// <summary>
    /// What a struct's absent member stands for, as Go would write it: an empty struct, a zero or null; null for nothing.
    /// </summary>
    public Value? Zero => Field switch
    {
        null => null,
        { Nullable: false, Type: StructSchema } => EmptyObject,
        _ => StructLayout.ZeroScalar(Field),
    };

    private static FieldShape FormOf(Value? left, Value? right, FieldShape wanted) =>
        Fits(left, wanted) && Fits(right, wanted) && !(IsNothing(left) && IsNothing(right)) ? wanted : FieldShape.Leaf;

    private static bool Fits(Value? value, FieldShape wanted) =>
        IsNothing(value) || (wanted == FieldShape.Members ? value is ObjectValue : value is ListValue);

    private static bool IsNothing(Value? value) => value is null or NullValue;
}
