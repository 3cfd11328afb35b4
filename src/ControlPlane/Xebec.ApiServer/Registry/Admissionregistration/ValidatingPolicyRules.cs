using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.Cel;

namespace Xebec.ApiServer.Registry.Admissionregistration;

/// <summary>The validations and audit annotations of a ValidatingAdmissionPolicy.</summary>
internal static class ValidatingPolicyRules
{
    private const string OneNeeded = "validations or auditAnnotations must contain at least one item";
    private static readonly string[] Reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge"];

    public static void Check(ObjectValue policy, PolicyVariables variables, ExpressionCheck check)
    {
        var (spec, path) = (policy.GetObject("spec") ?? [], FieldPath.Root("spec"));
        var (validations, annotations) = (spec.GetList("validations"), spec.GetList("auditAnnotations"));
        if (validations is null or { Count: 0 } && annotations is null or { Count: 0 })
        {
            check.Add(FieldError.Required(path.Child("validations"), OneNeeded));
            check.Add(FieldError.Required(path.Child("auditAnnotations"), OneNeeded));
        }

        for (var i = 0; i < validations?.Count; i++)
            CheckValidation((ObjectValue)validations[i], path.Child("validations").Index(i), variables.Environment, check);
        if (annotations is not null)
            AuditAnnotationRules.Check(policy.GetObject("metadata")?.GetString("name") ?? "", annotations, path, variables.Environment, check);
    }

    private static void CheckValidation(ObjectValue validation, FieldPath path, CelEnvironment environment, ExpressionCheck check)
    {
        if (validation.GetString("expression")?.Trim() is null or "")
            check.Add(FieldError.Required(path.Child("expression"), "expression is not specified"));
        check.Check(path.Child("expression"), validation.GetString("expression"), environment, CelType.Bool);
        if (validation.GetString("messageExpression") is { Length: > 0 } blank && blank.AsSpan().IsWhiteSpace())
            check.Add(FieldError.Invalid(path.Child("messageExpression"), blank, "must be non-empty if specified"));
        check.Check(
            path.Child("messageExpression"), validation.GetString("messageExpression"), AdmissionEnvironment.Messages(environment), CelType.String);
        CheckMessage(validation, path, check);
        if (validation.GetString("reason") is { Length: > 0 } reason && Array.IndexOf(Reasons, reason) < 0)
            check.Add(FieldError.NotSupported(path.Child("reason"), reason, Reasons));
    }

    private static void CheckMessage(ObjectValue validation, FieldPath path, ExpressionCheck check)
    {
        var message = validation.GetString("message") ?? "";
        if (message.Length > 0 && message.Trim().Length == 0)
            check.Add(FieldError.Invalid(path.Child("message"), message, "message must be non-empty if specified"));
        else if (message.Trim().AsSpan().IndexOfAny('\n', '\r') >= 0)
            check.Add(FieldError.Invalid(path.Child("message"), message, "message must not contain line breaks"));
    }
}
