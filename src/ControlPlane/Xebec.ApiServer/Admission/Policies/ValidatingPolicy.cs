using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.Cel;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>A ValidatingAdmissionPolicy, compiled. Immutable.</summary>
internal sealed class ValidatingPolicy
{
    private const int MaximumAnnotationLength = 10 * 1024;
    private readonly PolicyValidation[] _validations;
    private readonly (string Key, CompiledExpression Value)[] _annotations;

    public ValidatingPolicy(ObjectValue policy)
    {
        Definition = new PolicyDefinition(policy);
        var (spec, environment) = (policy.GetObject("spec") ?? [], Definition.Variables.Environment);
        _validations = [.. (spec.GetList("validations") ?? []).Select(v => new PolicyValidation((ObjectValue)v, environment))];
        _annotations = [.. (spec.GetList("auditAnnotations") ?? []).Select(a => ReadAnnotation((ObjectValue)a, environment))];
    }

    /// <summary>Names, criteria and variables.</summary>
    public PolicyDefinition Definition { get; }

    /// <summary>The validations that do not hold; one that can't be evaluated counts as held when the failure policy is Ignore.</summary>
    public List<PolicyDecision> Validate(CelActivation activation, CelBudget budget)
    {
        var decisions = new List<PolicyDecision>();
        try
        {
            for (var i = 0; i < _validations.Length; i++)
            {
                if (_validations[i].Check(i, activation, budget) is { } decision && !(decision.IsError && Definition.FailsOpen))
                    decisions.Add(decision);
            }
        }
        catch (ExpressionException e)
        {
            decisions.Clear();
            if (!Definition.FailsOpen)
                decisions.Add(new PolicyDecision(e.Message, StatusReason.Invalid, 0, IsError: true));
        }

        return decisions;
    }

    /// <summary>The audit annotations that have a value, and the failures that deny.</summary>
    public List<string> Annotate(CelActivation activation, CelBudget budget, Action<string, string> add)
    {
        var failures = new List<string>();
        foreach (var (key, expression) in _annotations)
        {
            try
            {
                if (expression.Evaluate(activation, budget).AsString()?.Trim() is { Length: > 0 } value)
                    add($"{Definition.Name}/{key}", value.Length > MaximumAnnotationLength ? value[..MaximumAnnotationLength] : value);
            }
            catch (ExpressionException e)
            {
                if (!Definition.FailsOpen)
                    failures.Add(e.Message);
            }
        }

        return failures;
    }

    private static (string Key, CompiledExpression Value) ReadAnnotation(ObjectValue tree, CelEnvironment environment) => (
        tree.GetString("key") ?? "",
        CompiledExpression.Compile(tree.GetString("valueExpression") ?? "", environment, CelType.String, CelType.Null));
}
