using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiGenerator;

/// <summary>The C# of one field: property, reading, writing and cloning.</summary>
internal sealed class FieldCode(StructSchema owner, FieldSchema schema)
{
    public string Name { get; } = CSharpNames.Property(owner, schema);

    private string Backing => "_" + char.ToLowerInvariant(Name[0]) + Name[1..];

    private bool IsCollection => schema.Type is ListSchema or MapSchema;

    private bool IsOwnStruct => schema.Type is StructSchema && !schema.Nullable;

    private bool IsLazy => IsCollection || IsOwnStruct;

    public string Property()
    {
        var type = TypeOf(schema.Type);
        if (IsLazy)
            return $"    private {type}? {Backing};\n    public {type} {Name} {{ get => {Backing} ??= new(); set => {Backing} = value; }}\n";
        return NeedsText ? $"    public string {Name} {{ get; set; }} = \"\";\n" : $"    public {PropertyType} {Name} {{ get; set; }}\n";
    }

    private bool NeedsText => schema.Type is ScalarSchema { Kind: ScalarKind.String or ScalarKind.Duration } && !schema.Nullable;

    private string PropertyType => schema.Type is ScalarSchema scalar
        ? ScalarType(scalar.Kind) + (schema.Nullable || ScalarCode.IsReference(scalar.Kind) || ScalarCode.IsTime(scalar.Kind) ? "?" : "")
        : TypeOf(schema.Type) + "?";

    public string Read() => $"result.{Name} = {ReadValue(schema.Type)};";

    public string Write()
    {
        var value = IsLazy ? Backing : Name;
        var write = $"writer.WritePropertyName(\"{schema.Name}\"u8); {WriteValue(schema.Type, Unwrapped(value), 0)}";
        if (IsOwnStruct)
            return $"        writer.WritePropertyName(\"{schema.Name}\"u8); ({Name}).Write(writer);\n";
        if (PresenceTest(value) is not { } test)
            return $"        {{ {write} }}\n";
        var orNull = IsCollection && !schema.OmitEmpty ? $" else writer.WriteNull(\"{schema.Name}\"u8);" : "";
        return $"        if ({test}) {{ {write} }}{orNull}\n";
    }

    private string Unwrapped(string value) =>
        schema.Type is ScalarSchema s && !ScalarCode.IsReference(s.Kind) && s.Kind != ScalarKind.String && s.Kind != ScalarKind.Duration &&
        (schema.Nullable || ScalarCode.IsTime(s.Kind))
            ? value + ".Value"
            : value;

    private string? PresenceTest(string value) => schema.Type switch
    {
        ListSchema or MapSchema => schema.OmitEmpty ? $"{value} is {{ Count: > 0 }}" : $"{value} is not null",
        StructSchema => $"{value} is not null",
        ScalarSchema s when schema.Nullable || ScalarCode.IsReference(s.Kind) || ScalarCode.IsTime(s.Kind) => $"{value} is not null",
        ScalarSchema s when schema.OmitEmpty => ScalarCode.NotEmpty(s.Kind, value),
        _ => null,
    };

    public string Clone() => IsLazy
        ? $"        if ({Backing} is not null) copy.{Backing} = {CloneValue(schema.Type, Backing, 0)};\n"
        : $"        copy.{Name} = {CloneNullable()};\n";

    private string CloneNullable() => schema.Type is StructSchema
        ? $"{Name}?.DeepClone()"
        : schema.Type is ScalarSchema s && ScalarCode.IsTree(s.Kind) ? $"{Name}?.DeepClone()" : Name;

    private static string CloneValue(TypeSchema type, string value, int depth)
    {
        switch (type)
        {
            case ListSchema list:
                return $"{value}.ConvertAll(static i{depth} => {CloneValue(list.Item, $"i{depth}", depth + 1)})";
            case MapSchema map:
                return $"ApiJson.CloneMap({value}, static i{depth} => {CloneValue(map.Value, $"i{depth}", depth + 1)})";
            case StructSchema:
                return $"{value}.DeepClone()";
            default:
                return ScalarCode.IsTree(((ScalarSchema)type).Kind) ? $"{value}.DeepClone()" : value;
        }
    }

    private static string TypeOf(TypeSchema type) => type switch
    {
        ListSchema list => $"List<{TypeOf(list.Item)}>",
        MapSchema map => $"Dictionary<string, {TypeOf(map.Value)}>",
        StructSchema s => CSharpNames.FullName(s),
        _ => ScalarType(((ScalarSchema)type).Kind),
    };

    private static string ScalarType(ScalarKind kind) => ScalarCode.TypeOf(kind);

    private static string ReadValue(TypeSchema type) => type switch
    {
        ListSchema list => $"ApiJson.ReadList(ref reader, static (ref Utf8JsonReader reader) => {ReadValue(list.Item)})",
        MapSchema map => $"ApiJson.ReadMap(ref reader, static (ref Utf8JsonReader reader) => {ReadValue(map.Value)})",
        StructSchema s => $"{CSharpNames.FullName(s)}.Read(ref reader)",
        _ => ScalarCode.Read(((ScalarSchema)type).Kind),
    };

    private static string WriteValue(TypeSchema type, string value, int depth)
    {
        var item = $"i{depth}";
        return type switch
        {
            ListSchema list =>
                $"writer.WriteStartArray(); foreach (var {item} in {value}) {{ {WriteValue(list.Item, item, depth + 1)} }} writer.WriteEndArray();",
            MapSchema map =>
                $"writer.WriteStartObject(); foreach (var {item} in {value}) {{ writer.WritePropertyName({item}.Key); {WriteValue(map.Value, item + ".Value", depth + 1)} }} writer.WriteEndObject();",
            StructSchema => $"{value}.Write(writer);",
            _ => ScalarCode.Write(((ScalarSchema)type).Kind, value),
        };
    }
}
