using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>What an openAPIV3Schema may say, wherever it says it: what OpenAPI v3 knows but custom resources do not is refused.</summary>
internal static class SchemaRules
{
    private static readonly string[] Unsupported = ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"];
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];
    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf"];

    /// <summary>Adds what is wrong with the schema of a resource and all below it.</summary>
    public static void Check(ObjectValue schema, FieldPath path, CheckContext context) => Check(schema, path, SchemaPosition.Root, context);

    private static void Check(ObjectValue schema, FieldPath path, SchemaPosition position, CheckContext context)
    {
        CheckUnsupported(schema, path, context);
        CheckPosition(schema, path, position, context);
        CheckType(schema, path, context);
        ListTypeRules.Check(schema, path, context);
        DeclaredRules.Check(schema, path, context);
        if (schema.GetString("pattern") is { Length: > 0 } pattern && !new TextPattern(pattern).IsValid)
            context.Add(FieldError.Invalid(path.Child("pattern"), pattern, "must be a valid regular expression, but isn't"));
        CheckAdditional(schema, path, context);
        var isResource = schema["x-kubernetes-embedded-resource"]?.AsBool() == true;
        foreach (var (name, below) in schema.GetObject("properties") ?? [])
            Check(below, path.Child("properties").Key(name), position.Property(name, isResource), context);
        Check(schema["not"], path.Child("not"), position.Below(), context);
        Check(schema["items"], path.Child("items"), position.Below(), context);
        Check(schema["additionalProperties"], path.Child("additionalProperties"), position.Values(), context);
        foreach (var name in Lists)
        {
            var list = schema.GetList(name) ?? [];
            for (var i = 0; i < list.Count; i++)
                Check(list[i], path.Child(name).Index(i), position.Below(), context);
        }
    }

    private static void Check(Value? schema, FieldPath path, SchemaPosition position, CheckContext context)
    {
        if (schema is ObjectValue below)
            Check(below, path, position, context);
    }

    private static void CheckPosition(ObjectValue schema, FieldPath path, SchemaPosition position, CheckContext context)
    {
        if (position.NoDefaults is { } why && !schema["default"].IsAbsent())
            context.Add(FieldError.Forbidden(path.Child("default"), $"must not be set {why}"));
        if (position.IsInMetadata && schema["x-kubernetes-embedded-resource"]?.AsBool() == true)
            context.Add(FieldError.Forbidden(path.Child("x-kubernetes-embedded-resource"), "must not be used inside of resource meta"));
        if (schema["x-kubernetes-preserve-unknown-fields"] is BoolValue { Flag: false })
            context.Add(FieldError.Invalid(path.Child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined"));
    }

    private static void CheckUnsupported(ObjectValue schema, FieldPath path, CheckContext context)
    {
        foreach (var name in Unsupported)
        {
            if (!schema[name].IsZero())
                context.Add(FieldError.Forbidden(path.Child(name), $"{name} is not supported"));
        }

        if (schema["items"] is ListValue)
            context.Add(FieldError.Forbidden(path.Child("items"), "items must be a schema object and not an array"));
        if (schema["uniqueItems"]?.AsBool() == true)
        {
            const string Quadratic = "uniqueItems cannot be set to true since the runtime complexity becomes quadratic";
            context.Add(FieldError.Forbidden(path.Child("uniqueItems"), Quadratic));
        }
    }

    private static void CheckType(ObjectValue schema, FieldPath path, CheckContext context)
    {
        var type = schema.GetString("type") ?? "";
        if (type == "null")
            context.Add(FieldError.Forbidden(path.Child("type"), "type cannot be set to null, use nullable as an alternative"));
        else if (type.Length > 0 && !Types.Contains(type))
            context.Add(FieldError.NotSupported(path.Child("type"), type, Types));
    }

    private static void CheckAdditional(ObjectValue schema, FieldPath path, CheckContext context)
    {
        var additional = schema["additionalProperties"];
        if (additional.IsAbsent())
            return;
        var at = path.Child("additionalProperties");
        if (schema.GetObject("properties") is { Count: > 0 } && additional is not BoolValue { Flag: true })
            context.Add(FieldError.Forbidden(at, "additionalProperties and properties are mutual exclusive"));
        if (additional is BoolValue { Flag: false })
            context.Add(FieldError.Forbidden(at, "additionalProperties cannot be set to false"));
    }
}
