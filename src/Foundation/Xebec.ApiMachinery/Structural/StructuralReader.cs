using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Structural;

/// <summary>Reads an openAPIV3Schema (apiextensions/v1 JSONSchemaProps) that has passed the definition's validation.</summary>
public static class StructuralReader
{
    private static readonly string[] ListRules = ["maxItems", "minItems", "maxProperties", "minProperties", "maxLength", "minLength"];

    /// <summary>Reads a schema.</summary>
    public static StructuralSchema Read(ObjectValue props)
    {
        var additional = props["additionalProperties"];
        var schema = new StructuralSchema
        {
            Type = props.GetString("type") ?? "",
            Nullable = IsTrue(props, "nullable"),
            PreservesUnknownFields = IsTrue(props, "x-kubernetes-preserve-unknown-fields"),
            IsEmbeddedResource = IsTrue(props, "x-kubernetes-embedded-resource"),
            IsIntOrString = IsTrue(props, "x-kubernetes-int-or-string"),
            Default = props["default"] is NullValue ? null : props["default"],
            Properties = ReadProperties(props.GetObject("properties")),
            AdditionalProperties = additional is ObjectValue values ? Read(values) : null,
            AllowsAdditional = additional is BoolValue { Flag: true },
            Items = props.GetObject("items") is { } items ? Read(items) : null,
            ListType = ReadListType(props.GetString("x-kubernetes-list-type")),
            ListMapKeys = Texts(props.GetList("x-kubernetes-list-map-keys")),
            IsAtomicMap = props.GetString("x-kubernetes-map-type") == "atomic",
            Rules = HasRules(props) ? ReadRules(props) : null,
            Validations = [.. Objects(props.GetList("x-kubernetes-validations")).Select(ReadValidation)],
        };
        MarkContents(schema);
        return schema;
    }

    private static void MarkContents(StructuralSchema schema)
    {
        schema.HasDefaults = schema.Default is not null;
        schema.HasValidations = schema.Validations.Count > 0;
        schema.HasUniqueLists = schema.ListType is ListType.Set or ListType.Map;
        schema.HasEmbeddedResources = schema.IsEmbeddedResource;
        foreach (var below in schema.Properties.Values)
            Mark(below);
        if (schema.AdditionalProperties is { } values)
            Mark(values);
        if (schema.Items is { } items)
            Mark(items);

        void Mark(StructuralSchema below)
        {
            schema.HasDefaults |= below.HasDefaults;
            schema.HasValidations |= below.HasValidations;
            schema.HasUniqueLists |= below.HasUniqueLists;
            schema.HasEmbeddedResources |= below.HasEmbeddedResources;
        }
    }

    private static Dictionary<string, StructuralSchema> ReadProperties(ObjectValue? properties)
    {
        if (properties is null || properties.Count == 0)
            return StructuralSchema.NoProperties;
        var result = new Dictionary<string, StructuralSchema>(properties.Count, StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            if (value is ObjectValue props)
                result[name] = Read(props);
        }

        return result;
    }

    private static bool HasRules(ObjectValue props)
    {
        foreach (var (name, _) in props)
        {
            if (name is "format" or "maximum" or "minimum" or "multipleOf" or "pattern" or "uniqueItems" or "required" or "enum"
                or "allOf" or "anyOf" or "oneOf" or "not" || ListRules.Contains(name))
                return true;
        }

        return false;
    }

    private static ValueRules ReadRules(ObjectValue props) => new()
    {
        Format = props.GetString("format") is { } format && TextFormats.IsChecked(format) ? format : "",
        Maximum = Number(props, "maximum"),
        ExclusiveMaximum = IsTrue(props, "exclusiveMaximum"),
        Minimum = Number(props, "minimum"),
        ExclusiveMinimum = IsTrue(props, "exclusiveMinimum"),
        MultipleOf = Number(props, "multipleOf"),
        MaxLength = props["maxLength"]?.AsInt64(),
        MinLength = props["minLength"]?.AsInt64(),
        Pattern = props.GetString("pattern") is { Length: > 0 } pattern ? new TextPattern(pattern) : null,
        MaxItems = props["maxItems"]?.AsInt64(),
        MinItems = props["minItems"]?.AsInt64(),
        UniqueItems = IsTrue(props, "uniqueItems"),
        MaxProperties = props["maxProperties"]?.AsInt64(),
        MinProperties = props["minProperties"]?.AsInt64(),
        Required = Texts(props.GetList("required")),
        Enum = props.GetList("enum") is { } allowed ? [.. allowed] : [],
        AllOf = Schemas(props, "allOf"),
        AnyOf = Schemas(props, "anyOf"),
        OneOf = Schemas(props, "oneOf"),
        Not = props.GetObject("not") is { } not ? Read(not) : null,
    };

    private static ValidationRule ReadValidation(ObjectValue rule) => new()
    {
        Rule = rule.GetString("rule") ?? "",
        Message = rule.GetString("message") ?? "",
        MessageExpression = rule.GetString("messageExpression") ?? "",
        Reason = rule.GetString("reason") is { Length: > 0 } reason ? reason : "FieldValueInvalid",
        FieldPath = rule.GetString("fieldPath") ?? "",
        OptionalOldSelf = IsTrue(rule, "optionalOldSelf"),
        SaysReason = rule["reason"] is StringValue,
        SaysOptionalOldSelf = rule["optionalOldSelf"] is BoolValue,
    };

    private static ListType? ReadListType(string? text) => text switch
    {
        "atomic" => ListType.Atomic,
        "set" => ListType.Set,
        "map" => ListType.Map,
        _ => null,
    };

    private static bool IsTrue(ObjectValue props, string name) => props[name] is BoolValue { Flag: true };

    private static double? Number(ObjectValue props, string name) => (props[name] as NumberValue)?.Real;

    private static string[] Texts(ListValue? list) => list is null ? [] : [.. list.Select(t => t.AsString() ?? "")];

    private static StructuralSchema[] Schemas(ObjectValue props, string name) => [.. Objects(props.GetList(name)).Select(Read)];

    private static IEnumerable<ObjectValue> Objects(ListValue? list) => list?.OfType<ObjectValue>() ?? [];
}
