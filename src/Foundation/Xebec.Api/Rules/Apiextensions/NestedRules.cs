using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>What is below allOf, anyOf, oneOf and not only validates: it declares nothing, and nothing that the schema around does not.</summary>
internal static class NestedRules
{
    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] EmptyBelow = ["type", "title", "description", "x-kubernetes-list-map-keys", "x-kubernetes-validations"];
    private static readonly string[] UndefinedBelow =
        ["additionalProperties", "default", "externalDocs", "x-kubernetes-list-type", "x-kubernetes-map-type"];

    private static readonly string[] FalseBelow =
        ["nullable", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"];

    private static readonly ListValue EitherType = (ListValue)Value.Parse("""[{"type":"integer"},{"type":"string"}]""");

    /// <summary>Adds what is wrong below the logical operators of a schema.</summary>
    public static void Check(ObjectValue schema, FieldPath path, CheckContext context)
    {
        var firstIsEither = schema.GetList("allOf") is { Count: > 0 } all && IsEitherType(all[0] as ObjectValue);
        CheckOperators(schema, path, IsEitherType(schema), firstIsEither, context);
        CheckOperands(schema, schema, path, path, context);
    }

    // The one form in which a type may stand here.
    private static bool IsEitherType(ObjectValue? schema) => schema?.GetList("anyOf")?.DeepEquals(EitherType) == true;

    private static void CheckOperators(ObjectValue schema, FieldPath path, bool skipAnyOf, bool skipFirstAnyOf, CheckContext context)
    {
        foreach (var name in Lists)
        {
            var list = skipAnyOf && name == "anyOf" ? [] : schema.GetList(name) ?? [];
            for (var i = 0; i < list.Count; i++)
                CheckNested(list[i], path.Child(name).Index(i), skipFirstAnyOf && name == "allOf" && i == 0, context);
        }

        CheckNested(schema["not"], path.Child("not"), false, context);
    }

    private static void CheckNested(Value? value, FieldPath path, bool skipAnyOf, CheckContext context)
    {
        if (value is not ObjectValue nested)
            return;
        CheckOperators(nested, path, skipAnyOf, false, context);
        CheckNested(nested["items"], path.Child("items"), false, context);
        foreach (var (name, below) in nested.GetObject("properties") ?? [])
            CheckNested(below, path.Child("properties").Key(name), false, context);
        Forbid(nested, EmptyBelow, path, "must be empty to be structural", static v => !v.IsZero() && v is not ListValue { Count: 0 }, context);
        Forbid(nested, UndefinedBelow, path, "must be undefined to be structural", static v => !v.IsAbsent(), context);
        Forbid(nested, FalseBelow, path, "must be false to be structural", static v => v is BoolValue { Flag: true }, context);
        if (nested.GetObject("properties")?.ContainsKey("metadata") == true)
            context.Add(FieldError.Forbidden(path.Child("properties").Key("metadata"), "must not be specified in a nested context"));
    }

    private static void Forbid(
        ObjectValue nested, string[] names, FieldPath path, string message, Func<Value?, bool> isSet, CheckContext context)
    {
        foreach (var name in names)
        {
            if (isSet(nested[name]))
                context.Add(FieldError.Forbidden(path.Child(name), message));
        }
    }

    private static void CheckOperands(ObjectValue schema, ObjectValue structure, FieldPath declared, FieldPath path, CheckContext context)
    {
        foreach (var name in Lists)
        {
            var list = schema.GetList(name) ?? [];
            for (var i = 0; i < list.Count; i++)
                CheckDeclared(list[i] as ObjectValue, structure, declared, path.Child(name).Index(i), context);
        }

        CheckDeclared(schema.GetObject("not"), structure, declared, path.Child("not"), context);
    }

    private static void CheckDeclared(ObjectValue? nested, ObjectValue? structure, FieldPath declared, FieldPath path, CheckContext context)
    {
        if (nested is null)
            return;
        if (structure is null)
        {
            context.Add(FieldError.Required(declared, $"because it is defined in {path}"));
            return;
        }

        CheckOperands(nested, structure, declared, path, context);
        CheckDeclared(nested.GetObject("items"), structure.GetObject("items"), declared.Child("items"), path.Child("items"), context);
        foreach (var (name, below) in nested.GetObject("properties") ?? [])
        {
            CheckDeclared(
                below as ObjectValue, structure.GetObject("properties")?.GetObject(name), declared.Child("properties").Key(name),
                path.Child("properties").Key(name), context);
        }
    }
}
