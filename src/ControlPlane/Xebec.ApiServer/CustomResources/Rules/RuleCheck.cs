using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.Cel;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>
/// Checks the rules of a schema when its definition is written: they compile, compare with the old value only where there is one, and
/// cannot cost more than the limits, however large an object is.
/// </summary>
internal sealed class RuleCheck
{
    private readonly List<FieldError> _errors;
    private readonly KnownExpressions _known;
    private readonly bool _isChanged;
    private readonly RuleCosts _costs = new();

    private RuleCheck(List<FieldError> errors, KnownExpressions known, bool isChanged) => (_errors, _known, _isChanged) = (errors, known, isChanged);

    /// <summary>Adds what is wrong with the rules of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="path">Where its openAPIV3Schema is.</param>
    /// <param name="known">The expressions that were stored before.</param>
    /// <param name="isChanged">Whether the schema is not as it was; only then the cost of a single rule is held against it.</param>
    /// <param name="errors">Where the errors go.</param>
    public static void Check(StructuralSchema schema, FieldPath path, KnownExpressions known, bool isChanged, List<FieldError> errors)
    {
        if (!schema.HasValidations)
            return;
        var before = errors.Count;
        CheckDefaults(schema, path, errors);
        if (errors.Count > before)
            return;
        var check = new RuleCheck(errors, known, isChanged);
        check.Walk(schema, path, new Place(1, null, IsResource: true));
        check._costs.AddErrors(path, errors);
    }

    // How often a value can stand at a place (null without limit), and the list or map that has no identity for its values.
    private sealed record Place(ulong? Times, string? Uncorrelatable, bool IsResource);

    // A default breaks no rule of the schema it is the default of.
    private static void CheckDefaults(StructuralSchema schema, FieldPath path, List<FieldError> errors)
    {
        if (!schema.HasValidations)
            return;
        if (schema.Default is { } value)
        {
            var found = new List<FieldError>();
            RuleEvaluation.CheckDefault(value, schema, found);
            errors.AddRange(found.Select(e => e.Below(path.Child("default"))));
        }

        if (schema.Items is { } items)
            CheckDefaults(items, path.Child("items"), errors);
        if (schema.AdditionalProperties is { } values)
            CheckDefaults(values, path.Child("additionalProperties"), errors);
        foreach (var (name, property) in schema.Properties)
            CheckDefaults(property, path.Child("properties").Key(name), errors);
    }

    private void Walk(StructuralSchema schema, FieldPath path, Place place)
    {
        if (!schema.HasValidations)
            return;
        CheckRules(schema, path.Child("x-kubernetes-validations"), place);
        foreach (var (name, property) in schema.Properties)
            Walk(property, path.Child("properties").Key(name), place with { IsResource = false });
        if (schema.AdditionalProperties is { } values)
        {
            var below = place with { IsResource = false, Times = Multiply(place.Times, schema.Rules?.MaxProperties) };
            Walk(values, path.Child("additionalProperties"), below);
        }

        if (schema.Items is { } items)
        {
            var below = new Place(
                Multiply(place.Times, schema.Rules?.MaxItems),
                schema.ListType == ListType.Map ? place.Uncorrelatable : place.Uncorrelatable ?? path.ToString(),
                IsResource: false);
            Walk(items, path.Child("items"), below);
        }
    }

    private void CheckRules(StructuralSchema schema, FieldPath path, Place place)
    {
        if (schema.Validations.Count > 0 && RuleTypes.Of(schema, place.IsResource, "self") is null)
        {
            const string NoType = "internal error: failed to retrieve type information for x-kubernetes-validations";
            _errors.Add(FieldError.InternalError(path, NoType));
            return;
        }

        var rules = CompiledRule.CompileAll(schema, place.IsResource, _known);
        for (var i = 0; i < rules.Length; i++)
            CheckRule(rules[i], schema, path.Index(i), place);
    }

    private void CheckRule(CompiledRule rule, StructuralSchema schema, FieldPath at, Place place)
    {
        var often = place.Times ?? (ulong)RuleSizes.MostOften(schema);
        CheckCost(rule.Program, often, at.Child("rule"), "estimated rule cost");
        if (rule.Error is { } error)
            _errors.Add(FieldError.Invalid(at.Child("rule"), Show(rule.Rule), error));
        if (rule.MessageError is { } messageError)
            _errors.Add(FieldError.Invalid(at.Child("messageExpression"), Show(rule.Rule), messageError));
        CheckCost(rule.Message, 1, at.Child("messageExpression"), "estimated messageExpression cost");
        if (rule.IsTransition && place.Uncorrelatable is { } portion)
        {
            _errors.Add(FieldError.Invalid(
                at.Child("rule"), rule.Rule.Rule, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {portion}"));
        }

        if (!rule.IsTransition && rule.Rule.SaysOptionalOldSelf)
            _errors.Add(FieldError.Invalid(at.Child("optionalOldSelf"), rule.Rule.OptionalOldSelf, "may not be set if oldSelf is not used in rule"));
    }

    private void CheckCost(CelProgram? program, ulong times, FieldPath at, string what)
    {
        if (program is null)
            return;
        var cost = Multiply(program.EstimateCost().Max, times);
        if (_isChanged && cost > CelCostEstimate.RuleLimit)
            _errors.Add(RuleCosts.TooExpensive(at, what, cost, CelCostEstimate.RuleLimit));
        _costs.Observe(at, cost);
    }

    // As upstream's type of a rule is shown, with the names of its fields.
    private static ObjectValue Show(ValidationRule rule) => new()
    {
        { "Rule", rule.Rule },
        { "Message", rule.Message },
        { "MessageExpression", rule.MessageExpression },
        { "Reason", rule.SaysReason ? rule.Reason : Value.Null },
        { "FieldPath", rule.FieldPath },
        { "OptionalOldSelf", rule.SaysOptionalOldSelf ? rule.OptionalOldSelf : Value.Null },
    };

    private static ulong? Multiply(ulong? times, long? most) => times is { } t && most is { } m ? Multiply(t, (ulong)Math.Max(m, 0)) : null;

    private static ulong Multiply(ulong left, ulong right) => left != 0 && right > ulong.MaxValue / left ? ulong.MaxValue : left * right;
}
