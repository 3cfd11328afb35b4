using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>
/// Schemas are structural: every value has a type where it stands, and what is below allOf, anyOf, oneOf and not only validates
/// (k8s.io/apiextensions-apiserver/pkg/apiserver/schema).
/// </summary>
internal static class StructuralRules
{
    private const string IntOrString = "x-kubernetes-int-or-string";
    private const string Preserve = "x-kubernetes-preserve-unknown-fields";
    private const string Embedded = "x-kubernetes-embedded-resource";

    /// <summary>Adds what keeps a root schema from being structural.</summary>
    public static void Check(ObjectValue root, FieldPath path, CheckContext context)
    {
        Walk(root, path, "must not be empty at the root", isRoot: true, context);
        if (context.ErrorCount == 0)
            CheckDefaults(root, path, context);
    }

    private static void Walk(ObjectValue schema, FieldPath path, string emptyType, bool isRoot, CheckContext context)
    {
        CheckType(schema, path, emptyType, isRoot, context);
        CheckExtensions(schema, path, isRoot, context);
        if (isRoot || IsTrue(schema, Embedded))
            CheckIdentity(schema, path, isRoot, context);
        foreach (var (name, below) in schema.GetObject("properties") ?? [])
        {
            if (below is ObjectValue property)
                Walk(property, path.Child("properties").Key(name), "must not be empty for specified object fields", false, context);
        }

        if (schema.GetObject("items") is { } items)
            Walk(items, path.Child("items"), "must not be empty for specified array items", false, context);
        if (schema.GetObject("additionalProperties") is { } values)
            Walk(values, path.Child("additionalProperties"), "must not be empty for specified object fields", false, context);
        NestedRules.Check(schema, path, context);
    }

    private static void CheckType(ObjectValue schema, FieldPath path, string emptyType, bool isRoot, CheckContext context)
    {
        var (type, at) = (schema.GetString("type") ?? "", path.Child("type"));
        if (IsTrue(schema, Embedded) && type != "object")
        {
            const string MustBeObject = "must be object if x-kubernetes-embedded-resource is true";
            context.Add(type.Length == 0 ? FieldError.Required(at, MustBeObject) : FieldError.Invalid(at, type, MustBeObject));
        }
        else if (type.Length == 0 && !IsTrue(schema, IntOrString) && !IsTrue(schema, Preserve))
        {
            context.Add(FieldError.Required(at, emptyType));
        }

        if (isRoot && type.Length > 0 && type != "object")
            context.Add(FieldError.Invalid(at, type, "must be object at the root"));
        if (type.Length > 0 && IsTrue(schema, IntOrString))
            context.Add(FieldError.Invalid(at, type, "must be empty if x-kubernetes-int-or-string is true"));
        if (type == "array" && schema["items"].IsAbsent())
            context.Add(FieldError.Required(path.Child("items"), "must be specified"));
    }

    private static void CheckExtensions(ObjectValue schema, FieldPath path, bool isRoot, CheckContext context)
    {
        foreach (var name in IsTrue(schema, IntOrString) ? [Preserve, Embedded] : Array.Empty<string>())
        {
            if (IsTrue(schema, name))
                context.Add(FieldError.Invalid(path.Child(name), true, "must be false if x-kubernetes-int-or-string is true"));
        }

        var hasAdditional = !schema["additionalProperties"].IsAbsent();
        if (hasAdditional && IsTrue(schema, Embedded))
            context.Add(FieldError.Forbidden(path.Child("additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set"));
        if (hasAdditional && isRoot)
            context.Add(FieldError.Forbidden(path.Child("additionalProperties"), "must not be used at the root"));
        if (IsTrue(schema, Embedded) && !IsTrue(schema, Preserve) && schema.GetObject("properties") is null or { Count: 0 })
        {
            const string Needed = "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields";
            context.Add(FieldError.Required(path.Child("properties"), Needed));
        }
    }

    private static void CheckIdentity(ObjectValue schema, FieldPath path, bool isRoot, CheckContext context)
    {
        var properties = schema.GetObject("properties");
        foreach (var name in new[] { "kind", "apiVersion" })
        {
            if (properties?.GetObject(name) is { } property && property.GetString("type") is not "string")
                context.Add(FieldError.Invalid(
                    path.Child("properties").Key(name).Child("type"), property.GetString("type") ?? "", "must be string"));
        }

        if (properties?.GetObject("metadata") is not { } metadata)
            return;
        var at = path.Child("properties").Key("metadata");
        if (metadata.GetString("type") is not "object")
            context.Add(FieldError.Invalid(at.Child("type"), metadata.GetString("type") ?? "", "must be object"));
        if (isRoot && metadata.Any(SaysMore))
        {
            const string OnlyNames = "must not specify anything other than name and generateName, but metadata is implicitly specified";
            context.Add(FieldError.Forbidden(at, OnlyNames));
        }
    }

    private static bool SaysMore(KeyValuePair<string, Value> member) => member.Key switch
    {
        "type" or "default" => false,
        "properties" => member.Value.AsObject()?.Any(p => p.Key is not ("name" or "generateName")) == true,
        _ => !member.Value.IsZero() && member.Value is not ListValue { Count: 0 },
    };

    private static void CheckDefaults(ObjectValue schema, FieldPath path, CheckContext context)
    {
        if (schema["default"] is { } value and not NullValue)
            CheckDefault(value, StructuralReader.Read(schema), path.Child("default"), context);
        foreach (var (name, below) in schema.GetObject("properties") ?? [])
        {
            if (below is ObjectValue property)
                CheckDefaults(property, path.Child("properties").Key(name), context);
        }

        if (schema.GetObject("items") is { } items)
            CheckDefaults(items, path.Child("items"), context);
    }

    private static void CheckDefault(Value value, StructuralSchema schema, FieldPath path, CheckContext context)
    {
        var errors = new List<FieldError>();
        SchemaValidation.CheckValue(value, schema, errors);
        foreach (var error in errors)
            context.Add(error.Below(path));
        var pruned = value.DeepClone();
        if (pruned is ObjectValue members && !IsPruned(members, value, schema))
            context.Add(FieldError.Invalid(path, value, "must not have unknown fields"));
    }

    private static bool IsPruned(ObjectValue members, Value value, StructuralSchema schema)
    {
        Pruning.Prune(members, schema);
        return members.DeepEquals(value);
    }

    private static bool IsTrue(ObjectValue schema, string name) => schema[name] is BoolValue { Flag: true };
}
