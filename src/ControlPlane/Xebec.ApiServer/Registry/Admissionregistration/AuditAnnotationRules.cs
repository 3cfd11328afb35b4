using System.Text;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.Cel;

namespace Xebec.ApiServer.Registry.Admissionregistration;

/// <summary>The audit annotations of a ValidatingAdmissionPolicy; their names in the log are the policy's name and their key.</summary>
internal static class AuditAnnotationRules
{
    private const int MaximumCount = 20;
    private const int MaximumExpressionBytes = 5 * 1024;

    public static void Check(string policy, ListValue annotations, FieldPath spec, CelEnvironment environment, ExpressionCheck check)
    {
        var path = spec.Child("auditAnnotations");
        if (annotations.Count > MaximumCount)
            check.Add(FieldError.Invalid(path, annotations, $"must not have more than {MaximumCount} auditAnnotations"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < annotations.Count; i++)
        {
            var (annotation, at) = ((ObjectValue)annotations[i], path.Index(i));
            var key = annotation.GetString("key") ?? "";
            CheckKey(policy, key, at.Child("key"), check);
            CheckValue(annotation.GetString("valueExpression") ?? "", at.Child("valueExpression"), environment, check);
            if (!seen.Add(key))
                check.Add(FieldError.Duplicate(at.Child("key"), key));
        }
    }

    private static void CheckKey(string policy, string key, FieldPath path, ExpressionCheck check)
    {
        if (policy.Length == 0)
            check.Add(FieldError.Invalid(path, key, "requires metadata.name be non-empty"));
        foreach (var message in policy.Length == 0 ? [] : NameRules.QualifiedName($"{policy}/{key}"))
            check.Add(FieldError.Invalid(path, $"{policy}/{key}", message));
    }

    private static void CheckValue(string expression, FieldPath path, CelEnvironment environment, ExpressionCheck check)
    {
        var text = expression.Trim();
        if (text.Length == 0)
            check.Add(FieldError.Required(path, "valueExpression is not specified"));
        else if (Encoding.UTF8.GetByteCount(text) > MaximumExpressionBytes)
            check.Add(FieldError.Required(path, $"must not exceed {MaximumExpressionBytes} bytes in length"));
        else
            check.Check(path, expression, CompiledExpression.Compile(text, environment, CelType.String, CelType.Null));
    }
}
