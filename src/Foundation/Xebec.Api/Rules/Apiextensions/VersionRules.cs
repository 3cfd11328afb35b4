using System.Globalization;
using System.Text;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>What a version of a CustomResourceDefinition declares besides its schema.</summary>
internal static class VersionRules
{
    private const int MaximumSelectableFields = 8;
    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];
    private static readonly string[] Formats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    public static void Check(ObjectValue version, CheckContext context)
    {
        if (version.GetObject("schema")?.GetObject("openAPIV3Schema") is { } schema)
        {
            var path = context.At("schema").Child("openAPIV3Schema");
            RootSchemaRules.Check(schema, path, version.GetObject("subresources")?.GetObject("status") is not null, context);
            SchemaRules.Check(schema, path, context);
            StructuralRules.Check(schema, path, context);
        }

        if (version.GetObject("subresources")?.GetObject("scale") is { } scale)
            CheckScale(scale, context.At("subresources").Child("scale"), context);
        CheckColumns(version.GetList("additionalPrinterColumns") ?? [], context.At("additionalPrinterColumns"), context);
        CheckSelectableFields(version, context.At("selectableFields"), context);
        if (version.GetString("deprecationWarning") is { } warning)
            CheckWarning(warning, version["deprecated"]?.AsBool() == true, context);
    }

    private static void CheckWarning(string warning, bool isDeprecated, CheckContext context)
    {
        const string Printable = "must only contain printable UTF-8 characters; non-printable character found at index";
        if (!isDeprecated)
        {
            context.Invalid("deprecationWarning", warning, "can only be set for deprecated versions");
            return;
        }

        if (Encoding.UTF8.GetByteCount(warning) > 256)
            context.Invalid("deprecationWarning", warning, "must be <= 256 characters long");
        if (warning.Length == 0)
            context.Invalid("deprecationWarning", warning, "must not be an empty string");
        var bytes = 0;
        foreach (var letter in warning.EnumerateRunes())
        {
            if (!GoText.IsPrintable(letter))
            {
                context.Invalid("deprecationWarning", warning, $"{Printable} {bytes.ToString(CultureInfo.InvariantCulture)}");
                return;
            }

            bytes += letter.Utf8SequenceLength;
        }
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
            CheckColumn(columns[i].AsObject() ?? [], path.Index(i), context);
    }

    private static void CheckColumn(ObjectValue column, FieldPath path, CheckContext context)
    {
        var (type, format, jsonPath) = (column.GetString("type") ?? "", column.GetString("format") ?? "", column.GetString("jsonPath") ?? "");
        if (column["name"].IsZero())
            context.Add(FieldError.Required(path.Child("name")));
        if (type.Length == 0)
            context.Add(FieldError.Required(path.Child("type"), $"must be one of {string.Join(',', ColumnTypes)}"));
        else if (!ColumnTypes.Contains(type))
            context.Add(FieldError.Invalid(path.Child("type"), type, $"must be one of {string.Join(',', ColumnTypes)}"));
        if (format.Length > 0 && !Formats.Contains(format))
            context.Add(FieldError.Invalid(path.Child("format"), format, $"must be one of {string.Join(',', Formats)}"));
        if (jsonPath.Length == 0)
            context.Add(FieldError.Required(path.Child("JSONPath")));
        else if (jsonPath[0] != '.')
            context.Add(FieldError.Invalid(path.Child("JSONPath"), jsonPath, "must be a simple json path starting with ."));
    }

    private static void CheckSelectableFields(ObjectValue version, FieldPath path, CheckContext context)
    {
        if (version.GetList("selectableFields") is not { Count: > 0 } fields
            || version.GetObject("schema")?.GetObject("openAPIV3Schema") is not { } props)
            return;
        var schema = StructuralReader.Read(props);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
            CheckSelectableField(fields[i].AsObject()?.GetString("jsonPath") ?? "", schema, seen, path.Index(i).Child("jsonPath"), context);
        if (seen.Count > MaximumSelectableFields)
            context.Add(FieldError.TooMany(path, seen.Count, MaximumSelectableFields));
    }

    private static void CheckSelectableField(string jsonPath, StructuralSchema schema, HashSet<string> seen, FieldPath at, CheckContext context)
    {
        if (jsonPath.Length == 0)
        {
            context.Add(FieldError.Required(at));
            return;
        }

        var field = SchemaFieldPath.Follow(jsonPath, schema, allowBrackets: false);
        if (field.Error is { } error)
        {
            context.Add(FieldError.Invalid(at, jsonPath, $"is an invalid path: {error}"));
            return;
        }

        if (field.First == "metadata")
            context.Add(FieldError.Invalid(at, jsonPath, "must not point to fields in metadata"));
        if (field.Schema?.Type is not ("string" or "boolean" or "integer"))
        {
            const string Types = "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.";
            context.Add(FieldError.Invalid(at, jsonPath, Types));
        }

        if (!seen.Add(field.ToString()))
            context.Add(FieldError.Duplicate(at, jsonPath));
    }
}
