using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiMachinery.Structural;

/// <summary>
/// Structural schemas as the types that built-in kinds are made of, so that one engine decodes, patches and applies both.
/// Values of custom kinds are not forced into their types when they are decoded: validation names what does not fit.
/// </summary>
public static class StructuralTypes
{
    private static readonly ScalarSchema Text = new(ScalarKind.String);
    private static readonly ScalarSchema Whole = new(ScalarKind.Int64);
    private static readonly ScalarSchema Real = new(ScalarKind.Double);
    private static readonly ScalarSchema Flag = new(ScalarKind.Bool);
    private static readonly ScalarSchema WholeOrText = new(ScalarKind.IntOrString);
    private static readonly ScalarSchema Anything = new(ScalarKind.RawExtension);

    /// <summary>The type of a custom kind.</summary>
    /// <param name="package">Group and version, for example stable.example.com/v1.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="objectMeta">The type of metadata.</param>
    /// <param name="readSchema">Reads the schema, once, when something is first asked of it.</param>
    public static StructSchema Kind(string package, string kind, StructSchema objectMeta, Func<StructuralSchema> readSchema)
    {
        var custom = new CustomKind(objectMeta, readSchema);
        return new StructSchema(
            package, kind, () => Fields(custom.Schema, isResource: true, new Below(objectMeta, custom.Schema.PreservesUnknownFields))) { Custom = custom };
    }

    // What a schema tells those below it. For ownership, unknown fields are kept wherever a schema above keeps them.
    private readonly record struct Below(StructSchema ObjectMeta, bool KeepsUnknown)
    {
        public Below Enter(StructuralSchema schema) => this with { KeepsUnknown = KeepsUnknown || schema.PreservesUnknownFields };
    }

    private static List<FieldSchema> Fields(StructuralSchema schema, bool isResource, Below below)
    {
        var fields = new List<FieldSchema>();
        if (isResource)
        {
            fields.Add(Field("apiVersion", Text, null));
            fields.Add(Field("kind", Text, null));
            fields.Add(Field("metadata", below.ObjectMeta, null));
        }

        foreach (var (name, property) in schema.Properties.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (!isResource || name is not ("apiVersion" or "kind" or "metadata"))
                fields.Add(Field(name, TypeOf(property, below), property));
        }

        return fields;
    }

    // Absent is never zero in a custom resource, so every field is a pointer that is left out.
    private static FieldSchema Field(string name, TypeSchema type, StructuralSchema? schema) => new()
    {
        Name = name,
        Type = type,
        WireNumbers = [],
        Nullable = true,
        OmitEmpty = true,
        Default = schema?.Default,
        ListType = schema?.ListType ?? ListType.Atomic,
        ListMapKeys = schema?.ListMapKeys ?? [],
        Atomic = schema?.IsAtomicMap == true,
    };

    private static FieldSchema Element(StructuralSchema schema, Below below) => Field("", TypeOf(schema, below), schema);

    private static TypeSchema TypeOf(StructuralSchema schema, Below above)
    {
        var below = above.Enter(schema);
        if (schema.IsIntOrString)
            return WholeOrText;
        return schema.Type switch
        {
            "string" => Text,
            "integer" => Whole,
            "number" => Real,
            "boolean" => Flag,
            "array" => schema.Items is { } items ? new ListSchema(Element(items, below)) : new ListSchema(Anything),
            "object" => ObjectOf(schema, below),
            _ => schema.Properties.Count > 0 ? ObjectOf(schema, below) : Anything,
        };
    }

    private static TypeSchema ObjectOf(StructuralSchema schema, Below below)
    {
        if (schema.AdditionalProperties is { } values)
            return new MapSchema(Element(values, below));
        if (schema.AllowsAdditional || schema is { Properties.Count: 0, IsEmbeddedResource: false })
            return schema.IsAtomicMap ? new MapSchema(Anything) : Anything;
        return new StructSchema("", "", () => Fields(schema, schema.IsEmbeddedResource, below))
        {
            Atomic = schema.IsAtomicMap,
            PreservesUnknownFields = below.KeepsUnknown,
        };
    }
}
