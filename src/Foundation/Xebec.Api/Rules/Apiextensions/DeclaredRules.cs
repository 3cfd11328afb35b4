using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>What x-kubernetes-validations say besides their expressions: messages, reasons and paths.</summary>
internal static class DeclaredRules
{
    private static readonly string[] Reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

    public static void Check(ObjectValue schema, FieldPath path, CheckContext context)
    {
        var rules = schema.GetList("x-kubernetes-validations") ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i] is ObjectValue rule)
                Check(rule, schema, path.Child("x-kubernetes-validations").Index(i), context);
        }
    }

    private static void Check(ObjectValue rule, ObjectValue schema, FieldPath at, CheckContext context)
    {
        CheckMessage(rule.GetString("rule") ?? "", rule.GetString("message") ?? "", at, context);
        if (IsBlank(rule.GetString("messageExpression")))
            context.Add(FieldError.Required(at.Child("messageExpression"), "messageExpression must be non-empty if specified"));
        if (rule.GetString("reason") is { } reason && !Reasons.Contains(reason))
            context.Add(FieldError.NotSupported(at.Child("reason"), reason, Reasons));
        if (rule.GetString("fieldPath") is { Length: > 0 } fieldPath)
            CheckFieldPath(fieldPath, schema, at.Child("fieldPath"), context);
    }

    private static void CheckMessage(string rule, string message, FieldPath at, CheckContext context)
    {
        if (rule.Trim().Length == 0)
            context.Add(FieldError.Required(at.Child("rule"), "rule is not specified"));
        else if (IsBlank(message))
            context.Add(FieldError.Invalid(at.Child("message"), message, "message must be non-empty if specified"));
        else if (HasLines(message.Trim()))
            context.Add(FieldError.Invalid(at.Child("message"), message, "message must not contain line breaks"));
        else if (HasLines(rule.Trim()) && message.Length == 0)
            context.Add(FieldError.Required(at.Child("message"), "message must be specified if rule contains line breaks"));
    }

    private static void CheckFieldPath(string fieldPath, ObjectValue schema, FieldPath at, CheckContext context)
    {
        if (IsBlank(fieldPath))
            context.Add(FieldError.Invalid(at, fieldPath, "fieldPath must be non-empty if specified"));
        if (HasLines(fieldPath))
            context.Add(FieldError.Invalid(at, fieldPath, "fieldPath must not contain line breaks"));
        if (SchemaFieldPath.Follow(fieldPath, StructuralReader.Read(schema)).Error is not null)
            context.Add(FieldError.Invalid(at, fieldPath, "fieldPath must be a valid path"));
    }

    private static bool IsBlank(string? text) => text is { Length: > 0 } && text.AsSpan().IsWhiteSpace();

    private static bool HasLines(string text) => text.AsSpan().IndexOfAny('\n', '\r') >= 0;
}
