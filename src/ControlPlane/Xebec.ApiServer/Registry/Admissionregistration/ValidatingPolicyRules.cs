using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.Cel;

namespace Xebec.ApiServer.Registry.Admissionregistration;

/// <summary>The validations and audit annotations of a ValidatingAdmissionPolicy.</summary>
internal static class ValidatingPolicyRules
{
    private const string OneNeeded = "validations or auditAnnotations must contain at least one item";
    private const int MostAnnotations = 20;
    private static readonly string[] Reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"];

    public static void Check(ObjectValue spec, PolicyVariables variables, ExpressionCheck check)
    {
        var path = FieldPath.Root("spec");
        var (validations, annotations) = (spec.GetList("validations"), spec.GetList("auditAnnotations"));
        if (validations is null or { Count: 0 } && annotations is null or { Count: 0 })
        {
            check.Add(FieldError.Required(path.Child("validations"), OneNeeded));
            check.Add(FieldError.Required(path.Child("auditAnnotations"), OneNeeded));
        }

        for (var i = 0; i < validations?.Count; i++)
            CheckValidation((ObjectValue)validations[i], path.Child("validations").Index(i), variables.Environment, check);
        if (annotations?.Count > MostAnnotations)
            check.Add(FieldError.Invalid(path.Child("auditAnnotations"), annotations, $"must not have more than {MostAnnotations} auditAnnotations"));
        for (var i = 0; i < annotations?.Count; i++)
        {
            CheckAnnotation((ObjectValue)annotations[i], path.Child("auditAnnotations").Index(i), variables.Environment, check);
            if (annotations.Take(i).Any(a => a.AsObject()?.GetString("key") == annotations[i].AsObject()?.GetString("key")))
                check.Add(FieldError.Duplicate(path.Child("auditAnnotations").Index(i).Child("key"), annotations[i].AsObject()?["key"] ?? ""));
        }
    }

    private static void CheckValidation(ObjectValue validation, FieldPath path, CelEnvironment environment, ExpressionCheck check)
    {
        if (validation.GetString("expression")?.Trim() is null or "")
            check.Add(FieldError.Required(path.Child("expression"), "expression is not specified"));
        check.Check(path.Child("expression"), validation.GetString("expression"), environment, CelType.Bool);
        check.Check(path.Child("messageExpression"), validation.GetString("messageExpression"), environment, CelType.String);
        CheckMessage(validation, path, check);
        if (validation.GetString("reason") is { Length: > 0 } reason && Array.IndexOf(Reasons, reason) < 0)
            check.Add(FieldError.NotSupported(path.Child("reason"), reason, Reasons));
    }

    private static void CheckMessage(ObjectValue validation, FieldPath path, ExpressionCheck check)
    {
        var message = validation.GetString("message") ?? "";
        if (message.Length > 0 && message.Trim().Length == 0)
            check.Add(FieldError.Invalid(path.Child("message"), message, "message must be non-empty if specified"));
        else if (message.Trim().Contains('\n', StringComparison.Ordinal))
            check.Add(FieldError.Invalid(path.Child("message"), message, "message must not contain line breaks"));
        else if (message.Length == 0 && validation.GetString("expression")?.Trim().Contains('\n', StringComparison.Ordinal) == true)
            check.Add(FieldError.Required(path.Child("message"), "message must be specified if expression contains line breaks"));
    }

    private static void CheckAnnotation(ObjectValue annotation, FieldPath path, CelEnvironment environment, ExpressionCheck check)
    {
        if (annotation.GetString("valueExpression")?.Trim() is null or "")
            check.Add(FieldError.Required(path.Child("valueExpression"), "valueExpression is not specified"));
        if (annotation.GetString("key") is null or "")
            check.Add(FieldError.Required(path.Child("key")));
        check.Check(path.Child("valueExpression"), annotation.GetString("valueExpression"), environment, CelType.String, CelType.Null);
    }
}
