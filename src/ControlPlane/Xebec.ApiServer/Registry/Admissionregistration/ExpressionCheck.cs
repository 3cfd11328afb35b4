using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.Cel;

namespace Xebec.ApiServer.Registry.Admissionregistration;

/// <summary>Checks that the expressions of an object compile, and collects what does not.</summary>
/// <param name="errors">Where to add what is wrong.</param>
/// <param name="isNew">Only functions that the version before this one knows are allowed, so that a downgrade still reads the object.</param>
internal readonly struct ExpressionCheck(List<FieldError> errors, bool isNew)
{
    /// <summary>Whether the object is new.</summary>
    public bool IsNew { get; } = isNew;

    /// <summary>Adds an error.</summary>
    public void Add(FieldError error) => errors.Add(error);

    /// <summary>Checks an expression; an absent one is for others to miss.</summary>
    public void Check(FieldPath path, string? text, CelEnvironment environment, params ReadOnlySpan<CelType> wanted)
    {
        if (text?.Trim() is { Length: > 0 })
            Check(path, text, CompiledExpression.Compile(text, environment, wanted));
    }

    /// <summary>Checks a compiled expression.</summary>
    public void Check(FieldPath path, string text, CompiledExpression compiled)
    {
        if (compiled.Failure is { } failure)
            errors.Add(FieldError.Invalid(path, text, failure));
    }

    /// <summary>Checks the matchConditions of a webhook or policy.</summary>
    public void CheckConditions(FieldPath path, ObjectValue owner, CelEnvironment environment)
    {
        var conditions = owner.GetList("matchConditions");
        for (var i = 0; i < conditions?.Count; i++)
        {
            var text = ((ObjectValue)conditions[i]).GetString("expression")?.Trim();
            Check(path.Child("matchConditions").Index(i).Child("expression"), text, environment, CelType.Bool);
        }
    }
}
