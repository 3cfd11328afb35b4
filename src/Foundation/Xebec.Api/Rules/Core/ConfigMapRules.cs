using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>ConfigMaps.</summary>
internal static class ConfigMapRules
{
    public static void Check(ObjectValue map, CheckContext context)
    {
        var (data, binary) = (map.GetObject("data") ?? [], map.GetObject("binaryData") ?? []);
        foreach (var (key, _) in data)
        {
            if (binary.ContainsKey(key))
                context.Add(FieldError.Invalid(context.At("data").Key(key), key, "duplicate of key present in binaryData"));
        }

        if (DataSize.OfTexts(data) + DataSize.OfBase64(binary) > DataSize.MaximumBytes)
            context.Add(FieldError.TooLong(FieldPath.Root(""), DataSize.MaximumBytes));
    }

    public static void CheckUpdate(ObjectValue updated, ObjectValue stored, string subresource, CheckContext context) =>
        CheckImmutable(updated, stored, context, "data", "binaryData");

    /// <summary>What is marked immutable stays marked, and keeps its data.</summary>
    public static void CheckImmutable(ObjectValue updated, ObjectValue stored, CheckContext context, params ReadOnlySpan<string> fields)
    {
        if (stored["immutable"]?.AsBool() != true)
            return;
        const string Message = "field is immutable when `immutable` is set";
        if (updated["immutable"]?.AsBool() != true)
            context.Forbidden("immutable", Message);
        foreach (var field in fields)
        {
            if (!ValueZero.SameOrBothZero(updated[field], stored[field]))
                context.Forbidden(field, Message);
        }
    }
}
