using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;

namespace Xebec.ApiServer.Registry.Admissionregistration;

/// <summary>What validating and mutating policies have in common: constraints, parameters, variables, match conditions.</summary>
/// <param name="checkSpec">The rules of the kind's own fields, with what its expressions may name.</param>
internal sealed class PolicyStrategy(Action<ObjectValue, PolicyVariables, ExpressionCheck> checkSpec) : ResourceStrategy
{
    /// <inheritdoc/>
    public override bool AllowUnconditionalUpdate => false;

    private static readonly string[] ParamKindFields = ["apiVersion", "kind"];

    /// <inheritdoc/>
    public override void Validate(ObjectValue created, List<FieldError> errors) => Check(created, new ExpressionCheck(errors, isNew: true));

    /// <inheritdoc/>
    public override void ValidateUpdate(ObjectValue updated, ObjectValue stored, List<FieldError> errors)
    {
        if (updated["spec"]?.DeepEquals(stored["spec"]) == false)
            Check(updated, new ExpressionCheck(errors, isNew: false));
    }

    private void Check(ObjectValue policy, ExpressionCheck check)
    {
        var (spec, path) = (policy.GetObject("spec") ?? [], FieldPath.Root("spec"));
        var constraints = spec.GetObject("matchConstraints");
        if (constraints is null)
            check.Add(FieldError.Required(path.Child("matchConstraints")));
        else if (constraints.GetList("resourceRules") is null or { Count: 0 })
            check.Add(FieldError.Required(path.Child("matchConstraints", "resourceRules")));
        foreach (var name in ParamKindFields)
        {
            if (spec.GetObject("paramKind") is { } kind && kind.GetString(name) is not { Length: > 0 })
                check.Add(FieldError.Required(path.Child("paramKind", name)));
        }

        var variables = CheckVariables(spec, check);
        check.CheckConditions(path, spec, variables.Environment);
        checkSpec(spec, variables, check);
    }

    private static PolicyVariables CheckVariables(ObjectValue spec, ExpressionCheck check)
    {
        var list = spec.GetList("variables");
        var variables = PolicyVariables.Read(list, AdmissionEnvironment.Policies(spec.GetObject("paramKind") is not null, check.IsNew));
        for (var i = 0; i < list?.Count; i++)
        {
            var variable = (ObjectValue)list[i];
            if (variable.GetString("expression") is { Length: > 0 } text)
            {
                check.Check(
                    FieldPath.Root("spec").Child("variables").Index(i).Child("expression"), text, variables.Expressions[variable.GetString("name") ?? ""]);
            }
        }

        return variables;
    }
}
