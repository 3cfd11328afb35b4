using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>What a version of a CustomResourceDefinition declares besides its schema.</summary>
internal static class VersionRules
{
    private const int MaximumSelectableFields = 8;
    private static readonly string[] Formats = ["int32", "int64", "float", "double", "byte", "date", "date-time", "password"];

    public static void Check(ObjectValue version, CheckContext context)
    {
        if (version.GetObject("schema")?.GetObject("openAPIV3Schema") is { } schema)
        {
            var path = context.At("schema").Child("openAPIV3Schema");
            SchemaRules.Check(schema, path, context);
            StructuralRules.Check(schema, path, context);
        }

        if (version.GetObject("subresources")?.GetObject("scale") is { } scale)
            CheckScale(scale, context.At("subresources").Child("scale"), context);
        CheckColumns(version.GetList("additionalPrinterColumns") ?? [], context.At("additionalPrinterColumns"), context);
        CheckSelectableFields(version, context.At("selectableFields"), context);
        if (version["deprecated"]?.AsBool() != true && !version["deprecationWarning"].IsAbsent())
            context.Invalid("deprecationWarning", version["deprecationWarning"], "can only be set for deprecated versions");
    }

    private static void CheckScale(ObjectValue scale, FieldPath path, CheckContext context)
    {
        CheckScalePath(scale, "specReplicasPath", path, [".spec."], "should be a json path under .spec", true, context);
        CheckScalePath(scale, "statusReplicasPath", path, [".status."], "should be a json path under .status", true, context);
        CheckScalePath(
            scale, "labelSelectorPath", path, [".spec.", ".status."], "should be a json path under either .spec or .status", false, context);
    }

    private static void CheckScalePath(
        ObjectValue scale, string name, FieldPath path, string[] prefixes, string message, bool isRequired, CheckContext context)
    {
        var text = scale.GetString(name) ?? "";
        if (text.Length == 0)
        {
            if (isRequired)
                context.Add(FieldError.Required(path.Child(name)));
            return;
        }

        if (text[0] != '.')
            context.Add(FieldError.Invalid(path.Child(name), text, "must be a simple json path starting with ."));
        else if (!prefixes.Any(p => text.StartsWith(p, StringComparison.Ordinal)))
            context.Add(FieldError.Invalid(path.Child(name), text, message));
    }

    private static void CheckColumns(ListValue columns, FieldPath path, CheckContext context)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i].AsObject() ?? [];
            if (column.GetString("format") is { Length: > 0 } format && !Formats.Contains(format))
                context.Add(FieldError.Invalid(path.Index(i).Child("format"), format, $"must be one of {string.Join(',', Formats)}"));
            if (column.GetString("jsonPath") is { Length: > 0 } jsonPath && jsonPath[0] != '.')
                context.Add(FieldError.Invalid(path.Index(i).Child("jsonPath"), jsonPath, "must be a simple json path starting with ."));
        }
    }

    private static void CheckSelectableFields(ObjectValue version, FieldPath path, CheckContext context)
    {
        var fields = version.GetList("selectableFields") ?? [];
        if (fields.Count > MaximumSelectableFields)
            context.Add(FieldError.TooMany(path, fields.Count, MaximumSelectableFields));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
        {
            var (at, jsonPath) = (path.Index(i).Child("jsonPath"), fields[i].AsObject()?.GetString("jsonPath") ?? "");
            if (jsonPath.Length == 0)
                context.Add(FieldError.Required(at));
            else if (jsonPath.StartsWith(".metadata", StringComparison.Ordinal))
                context.Add(FieldError.Invalid(at, jsonPath, "must not point to fields in metadata"));
            else if (!IsSelectable(version.GetObject("schema")?.GetObject("openAPIV3Schema"), jsonPath))
            {
                const string Types = "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.";
                context.Add(FieldError.Invalid(at, jsonPath, Types));
            }
            else if (!seen.Add(jsonPath))
                context.Add(FieldError.Duplicate(at, jsonPath));
        }
    }

    private static bool IsSelectable(ObjectValue? schema, string jsonPath)
    {
        foreach (var name in jsonPath.Split('.', StringSplitOptions.RemoveEmptyEntries))
            schema = schema?.GetObject("properties")?.GetObject(name);
        return schema?.GetString("type") is "string" or "boolean" or "integer";
    }
}
