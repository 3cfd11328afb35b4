using Xebec.Api;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi;

/// <summary>Turns structs of the schema into OpenAPI definitions.</summary>
internal sealed class DefinitionBuilder(OpenApiVersion version, Descriptions descriptions)
{
    /// <summary>A reference to a definition.</summary>
    public static ObjectValue Reference(OpenApiVersion version, string name) =>
        new() { ["$ref"] = (version == OpenApiVersion.V2 ? "#/definitions/" : "#/components/schemas/") + name };

    /// <summary>The definition of a struct.</summary>
    public ObjectValue Struct(StructSchema type)
    {
        var definition = new ObjectValue();
        if (descriptions.Of(type) is { } text)
            definition["description"] = text;
        definition["type"] = "object";
        var required = type.Fields.Where(IsRequired).Select(f => f.Name).Order(StringComparer.Ordinal).Select(n => (Value)n).ToList();
        if (required.Count > 0)
            definition["required"] = new ListValue(required);
        if (type.Fields.Count > 0)
            definition["properties"] = Properties(type);
        if (type.Atomic)
            definition["x-kubernetes-map-type"] = "atomic";
        return definition;
    }

    /// <summary>The definition of a scalar that has one.</summary>
    public ObjectValue Scalar(ScalarKind kind)
    {
        var definition = ScalarDefinitions.Of(kind, version);
        if (ScalarDefinitions.Description(kind) is { } text)
            definition["description"] = text;
        return definition;
    }

    private ObjectValue Properties(StructSchema type)
    {
        var properties = new ObjectValue();
        foreach (var field in type.Fields.OrderBy(f => f.Name, StringComparer.Ordinal))
            properties[field.Name] = Property(type, field);
        return properties;
    }

    private static bool IsRequired(FieldSchema field) => field.Required || (!field.Optional && !field.OmitEmpty && !field.OmitZero);

    private ObjectValue Property(StructSchema owner, FieldSchema field)
    {
        var property = TypeOf(field.Type);
        var isReference = property.ContainsKey("$ref");

        // OpenAPI 3.0 reads nothing beside a $ref.
        if (isReference && version == OpenApiVersion.V3)
            property = new ObjectValue { ["allOf"] = new ListValue([property]) };
        if (descriptions.Of(owner, field) is { } text)
            property["description"] = text;
        if (version == OpenApiVersion.V3 && DefaultOf(field) is { } value)
            property["default"] = value;
        AddListRules(property, field);
        if (field.Atomic)
            property["x-kubernetes-map-type"] = "atomic";
        return property;
    }

    private static Value? DefaultOf(FieldSchema field) =>
        field.Default?.DeepClone() ?? (field is { Nullable: false, Type: StructSchema } ? new ObjectValue() : null);

    private static void AddListRules(ObjectValue property, FieldSchema field)
    {
        if (field.Type is ListSchema && (field.ListType != ListType.Atomic || !field.PatchMerge))
            property["x-kubernetes-list-type"] = field.ListType switch { ListType.Map => "map", ListType.Set => "set", _ => "atomic" };
        if (field.ListMapKeys.Count > 0)
            property["x-kubernetes-list-map-keys"] = new ListValue(field.ListMapKeys.Select(k => (Value)k));
        if (field.PatchMergeKey is { } key)
            property["x-kubernetes-patch-merge-key"] = key;
        if (field.PatchMerge || field.PatchRetainKeys)
            property["x-kubernetes-patch-strategy"] = PatchStrategy(field);
    }

    private static string PatchStrategy(FieldSchema field) => (field.PatchMerge, field.PatchRetainKeys) switch
    {
        (true, true) => "merge,retainKeys",
        (true, false) => "merge",
        _ => "retainKeys",
    };

    private ObjectValue TypeOf(TypeSchema type) => type switch
    {
        ListSchema list => new() { ["type"] = "array", ["items"] = TypeOf(list.Item) },
        MapSchema map => new() { ["type"] = "object", ["additionalProperties"] = TypeOf(map.Value) },
        StructSchema named => Reference(version, DefinitionNames.Of(named)),
        ScalarSchema scalar when DefinitionNames.Of(scalar.Kind) is { } name => Reference(version, name),
        ScalarSchema scalar => ScalarDefinitions.Of(scalar.Kind, version),
        _ => throw new InvalidOperationException($"no OpenAPI form of {type}"),
    };
}
