using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>The names Go's decoder uses in messages: types, and kinds of JSON values.</summary>
internal static class GoTypes
{
    public static string NameOf(TypeSchema type) => type switch
    {
        StructSchema s => $"{VersionOf(s.Package)}.{s.Name}",
        ListSchema list => "[]" + NameOf(list.Item),
        MapSchema map => "map[string]" + NameOf(map.Value),
        ScalarSchema { EnumName: { } name } => NameOfEnum(name),
        ScalarSchema scalar => NameOf(scalar.Kind),
        _ => throw new NotSupportedException(type.GetType().Name),
    };

    private static string NameOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Int32 or ScalarKind.IntOrString => "int32",
        ScalarKind.Int64 => "int64",
        ScalarKind.Bool => "bool",
        ScalarKind.Double => "float64",
        ScalarKind.Bytes => "[]uint8",
        ScalarKind.JsonSchemaOrArray => "v1.JSONSchemaPropsOrArray",
        ScalarKind.JsonSchemaOrBool => "v1.JSONSchemaPropsOrBool",
        ScalarKind.JsonSchemaOrStringArray => "v1.JSONSchemaPropsOrStringArray",
        _ => "string",
    };

    public static string NameOf(Value value) => value.Kind switch
    {
        ValueKind.Object => "object",
        ValueKind.List => "array",
        ValueKind.String => "string",
        ValueKind.Bool => "bool",
        ValueKind.Null => "null",
        _ => "number",
    };

    private static string NameOfEnum(string fullName)
    {
        var dot = fullName.IndexOf('.', StringComparison.Ordinal);
        return $"{VersionOf(fullName[..dot])}.{fullName[(dot + 1)..]}";
    }

    private static string VersionOf(string package) => package[(package.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
