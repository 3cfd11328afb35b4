using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi;

/// <summary>The OpenAPI schemas of scalars.</summary>
internal static class ScalarDefinitions
{
    /// <summary>The schema of a scalar: of the definition, when it has one.</summary>
    public static ObjectValue Of(ScalarKind kind, OpenApiVersion version) => kind switch
    {
        ScalarKind.Bool => Typed("boolean"),
        ScalarKind.Int32 => Typed("integer", "int32"),
        ScalarKind.Int64 => Typed("integer", "int64"),
        ScalarKind.Double => Typed("number", "double"),
        ScalarKind.Bytes => Typed("string", "byte"),
        ScalarKind.Time or ScalarKind.MicroTime => Typed("string", "date-time"),
        ScalarKind.FieldsV1 or ScalarKind.RawExtension => Typed("object"),
        ScalarKind.Quantity when version == OpenApiVersion.V3 => OneOf("string", "number"),
        ScalarKind.IntOrString when version == OpenApiVersion.V3 => WithFormat(OneOf("integer", "string"), "int-or-string"),
        ScalarKind.IntOrString => Typed("string", "int-or-string"),
        ScalarKind.Json or ScalarKind.JsonSchemaOrArray or ScalarKind.JsonSchemaOrBool or ScalarKind.JsonSchemaOrStringArray => [],
        _ => Typed("string"),
    };

    /// <summary>What the definition of a scalar is for, null when it has none.</summary>
    public static string? Description(ScalarKind kind) => kind switch
    {
        ScalarKind.Time => "Time is a time in RFC 3339 form, in whole seconds.",
        ScalarKind.MicroTime => "MicroTime is a time in RFC 3339 form, in microseconds.",
        ScalarKind.Duration => "Duration is a sequence of decimal numbers with unit suffix, such as \"300ms\" or \"1h30m\".",
        ScalarKind.FieldsV1 => "FieldsV1 stores a set of fields in a data structure like a Trie, in JSON format.",
        ScalarKind.Quantity =>
            "Quantity is a fixed-point number with an optional suffix: n, u, m, k, M, G, T, P, E (decimal), " +
            "Ki, Mi, Gi, Ti, Pi, Ei (binary), or a decimal exponent. Examples: 100m, 1.5, 128Mi.",
        ScalarKind.IntOrString => "IntOrString is a type that can hold an int32 or a string.",
        ScalarKind.RawExtension => "RawExtension holds an object of any kind.",
        ScalarKind.Json => "JSON represents any valid JSON value.",
        ScalarKind.JsonSchemaOrArray => "JSONSchemaPropsOrArray represents a JSONSchemaProps or an array of them.",
        ScalarKind.JsonSchemaOrBool => "JSONSchemaPropsOrBool represents JSONSchemaProps or a boolean value.",
        ScalarKind.JsonSchemaOrStringArray => "JSONSchemaPropsOrStringArray represents a JSONSchemaProps or a string array.",
        _ => null,
    };

    private static ObjectValue Typed(string type, string? format = null)
    {
        var schema = new ObjectValue { ["type"] = type };
        return format is null ? schema : WithFormat(schema, format);
    }

    private static ObjectValue OneOf(params ReadOnlySpan<string> types)
    {
        var alternatives = new ListValue();
        foreach (var type in types)
            alternatives.Add(Typed(type));
        return new ObjectValue { ["oneOf"] = alternatives };
    }

    private static ObjectValue WithFormat(ObjectValue schema, string format)
    {
        schema["format"] = format;
        return schema;
    }
}
