using System.Globalization;
using Xebec.ApiMachinery.Errors;
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
    private const string Advice =
        "(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)";

    private readonly List<FieldError> _errors;
    private readonly int _minorVersion;
    private ulong _total;

    private RuleCheck(List<FieldError> errors, int minorVersion) => (_errors, _minorVersion) = (errors, minorVersion);

    /// <summary>Adds what is wrong with the rules of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="path">Where its openAPIV3Schema is.</param>
    /// <param name="isNew">Rules that were not stored before may only use what the version before knew.</param>
    /// <param name="errors">Where the errors go.</param>
    public static void Check(StructuralSchema schema, FieldPath path, bool isNew, List<FieldError> errors)
    {
        if (!schema.HasValidations)
            return;
        var check = new RuleCheck(errors, isNew ? CelEnvironment.NewExpressions : CelEnvironment.StoredExpressions);
        check.Walk(schema, path, new Place(1, null, IsResource: true));
        if (check._total > CelCostEstimate.SchemaLimit)
        {
            var factor = Factor(check._total, CelCostEstimate.SchemaLimit);
            errors.Add(FieldError.Forbidden(
                path, $"x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of {factor} {Advice}"));
        }
    }

    // How often a value can stand at a place (null without limit), and the list or map that has no identity for its values.
    private sealed record Place(ulong? Times, string? Uncorrelatable, bool IsResource);

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
            var isMap = schema.ListType == ApiMachinery.Schema.ListType.Map;
            var below = new Place(
                Multiply(place.Times, schema.Rules?.MaxItems), isMap ? place.Uncorrelatable : place.Uncorrelatable ?? path.ToString(), IsResource: false);
            Walk(items, path.Child("items"), below);
        }
    }

    private void CheckRules(StructuralSchema schema, FieldPath path, Place place)
    {
        var rules = CompiledRule.CompileAll(schema, place.IsResource, _minorVersion);
        for (var i = 0; i < rules.Length; i++)
        {
            var at = path.Index(i);
            if (rules[i].Rule.Rule.Trim().Length == 0)
                _errors.Add(FieldError.Required(at.Child("rule"), "rule is not specified"));
            else
                CheckRule(rules[i], schema, at, place);
        }
    }

    private void CheckRule(CompiledRule rule, StructuralSchema schema, FieldPath at, Place place)
    {
        if (rule.Rule.MessageExpression.Length > 0 && rule.Rule.MessageExpression.Trim().Length == 0)
            _errors.Add(FieldError.Required(at.Child("messageExpression"), "must be non-empty if specified"));
        if (rule.Error is { } error)
            _errors.Add(FieldError.Invalid(at.Child("rule"), rule.Rule.Rule, error));
        if (rule.MessageError is { } messageError)
        {
            var words = messageError.StartsWith("compilation", StringComparison.Ordinal) ? $"messageExpression {messageError}" : messageError;
            _errors.Add(FieldError.Invalid(at.Child("messageExpression"), rule.Rule.MessageExpression, words));
        }

        if (rule.IsTransition && place.Uncorrelatable is { } portion)
        {
            _errors.Add(FieldError.Invalid(
                at.Child("rule"), rule.Rule.Rule, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {portion}"));
        }

        if (!rule.IsTransition && rule.Rule.OptionalOldSelf)
            _errors.Add(FieldError.Invalid(at.Child("optionalOldSelf"), true, "may not be set if oldSelf is not used in rule"));
        CheckCost(rule.Program, schema, at.Child("rule"), "rule", place);
        CheckCost(rule.Message, schema, at.Child("messageExpression"), "messageExpression", place);
    }

    private void CheckCost(CelProgram? program, StructuralSchema schema, FieldPath at, string what, Place place)
    {
        if (program is null)
            return;
        var cost = Multiply(program.EstimateCost().Max, place.Times ?? (ulong)RuleSizes.MostOften(schema));
        if (cost > CelCostEstimate.RuleLimit)
        {
            var factor = Factor(cost, CelCostEstimate.RuleLimit);
            _errors.Add(FieldError.Forbidden(at, $"estimated {what} cost exceeds budget by factor of {factor} {Advice}"));
        }

        _total = _total > ulong.MaxValue - cost ? ulong.MaxValue : _total + cost;
    }

    private static ulong? Multiply(ulong? times, long? most) => times is { } t && most is { } m ? Multiply(t, (ulong)Math.Max(m, 0)) : null;

    private static ulong Multiply(ulong left, ulong right) => left != 0 && right > ulong.MaxValue / left ? ulong.MaxValue : left * right;

    private static string Factor(ulong cost, ulong limit)
    {
        var factor = (double)cost / limit;
        return factor > 100 ? "more than 100x" : factor.ToString("0.0", CultureInfo.InvariantCulture) + "x";
    }
}
