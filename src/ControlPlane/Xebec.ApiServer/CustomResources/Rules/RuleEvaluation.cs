using System.Runtime.CompilerServices;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.Cel;
using Xebec.Cel.Values;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>Runs the rules of a schema on an object, within one budget. Values that did not change break no rule anew (ratcheting).</summary>
internal sealed class RuleEvaluation
{
    private const string OutOfBudget = "validation failed due to running out of cost budget, no further validation rules will be run";
    private static readonly ConditionalWeakTable<StructuralSchema, CompiledRule[]> Compiled = [];
    private readonly CelBudget _budget = new();
    private readonly List<FieldError> _errors;
    private bool _isOver;

    private RuleEvaluation(List<FieldError> errors) => _errors = errors;

    /// <summary>Adds what the rules have against an object; the old one is null when it is new.</summary>
    public static void Check(ObjectValue item, ObjectValue? old, StructuralSchema schema, List<FieldError> errors)
    {
        if (!schema.HasValidations)
            return;
        if (errors.Exists(IsBlocking))
        {
            const string NotChecked =
                "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";
            errors.Add(FieldError.Invalid(FieldPath.Root("<nil>"), Value.Null, NotChecked));
            return;
        }

        new RuleEvaluation(errors).Walk(item, old, old is not null, schema, "", isResource: true);
    }

    private static bool IsBlocking(FieldError error) =>
        error.Type is CauseType.FieldValueNotSupported or CauseType.FieldValueRequired or CauseType.FieldValueTooLong
            or CauseType.FieldValueTooMany or CauseType.FieldValueTypeInvalid;

    private void Walk(Value value, Value? old, bool isCorrelated, StructuralSchema schema, string path, bool isResource)
    {
        if (_isOver || !schema.HasValidations || value is NullValue)
            return;
        if (schema.Validations.Count > 0)
            CheckRules(value, old, schema, path, isResource);
        switch (value)
        {
            case ObjectValue members:
                foreach (var (name, member) in members)
                {
                    if (schema.Member(name) is { HasValidations: true } below)
                    {
                        var here = schema.Properties.ContainsKey(name) ? Join(path, name) : $"{path}[{name}]";
                        Walk(member, (old as ObjectValue)?[name], isCorrelated, below, here, isResource: false);
                    }
                }

                break;
            case ListValue items when schema.Items is { HasValidations: true } below:
                for (var i = 0; i < items.Count; i++)
                    Walk(items[i], SchemaValidation.Correlate(items[i], old as ListValue, schema), isCorrelated, below, $"{path}[{i}]", isResource: false);
                break;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void CheckRules(Value value, Value? old, StructuralSchema schema, string path, bool isResource)
    {
        var rules = Compiled.TryGetValue(schema, out var known)
            ? known
            : Compiled.GetValue(schema, s => CompiledRule.CompileAll(s, isResource, CelEnvironment.StoredExpressions));
        var before = _errors.Count;
        foreach (var rule in rules)
        {
            if (_isOver)
                break;
            if (rule.Program is null)
                _errors.Add(FieldError.Invalid(At(path), TypeName(schema), $"rule compile error: {rule.Error}"));
            else if (!rule.IsTransition || old is not null || rule.Rule.OptionalOldSelf)
                Run(rule, value, old, schema, path);
        }

        if (!_isOver && old is not null && _errors.Count > before && value.DeepEquals(old))
            _errors.RemoveRange(before, _errors.Count - before);
    }

    private void Run(CompiledRule rule, Value value, Value? old, StructuralSchema schema, string path)
    {
        var activation = ActivationOf(rule, value, old, schema, path.Length == 0);
        try
        {
            if (rule.Program!.Evaluate(activation, _budget).AsBool() != true)
                _errors.Add(Broken(rule, At(path, rule.Rule.FieldPath), TypeName(schema), MessageOf(rule, activation)));
        }
        catch (CelEvaluationException e)
        {
            Fail(e, rule, schema, path);
        }
    }

    private void Fail(CelEvaluationException failure, CompiledRule rule, StructuralSchema schema, string path)
    {
        var text = rule.Rule.Message.Length > 0 ? rule.Rule.Message.Trim() : rule.Rule.Rule.Trim();
        var message = failure.Failure switch
        {
            CelFailure.BudgetExceeded => OutOfBudget,
            CelFailure.CallCostExceeded => $"call cost exceeds limit for rule: {text}, no further validation rules will be run",
            _ when failure.Message == "no such overload" =>
                $"'{failure.Message}': call arguments did not match a supported operator, function or macro signature for rule: {text}",
            _ => $"{failure.Message} evaluating rule: {text}",
        };
        _isOver = failure.Failure is CelFailure.BudgetExceeded or CelFailure.CallCostExceeded;
        _errors.Add(FieldError.Invalid(At(path), TypeName(schema), message));
    }

    private static CelActivation ActivationOf(CompiledRule rule, Value value, Value? old, StructuralSchema schema, bool isResource)
    {
        var activation = new CelActivation().Set("self", value);
        if (rule.Rule.OptionalOldSelf)
        {
            var type = RuleTypes.Of(schema, isResource, "self") ?? CelType.Dyn;
            activation.Set("oldSelf", CelValue.OptionalOf(old is null ? null : CelValue.From(old, type)));
        }
        else if (old is not null)
        {
            activation.Set("oldSelf", old);
        }

        return activation;
    }

    // A message that cannot be made, is empty or has lines is as good as none.
    private string MessageOf(CompiledRule rule, CelActivation activation)
    {
        var standard = rule.Rule.Message.Trim() is { Length: > 0 } given ? given : $"failed rule: {rule.Rule.Rule.Trim()}";
        if (rule.Message is null)
            return standard;
        try
        {
            var made = rule.Message.Evaluate(activation, _budget).AsString()?.Trim() ?? "";
            return made.Length is 0 or > 5120 || made.Contains('\n', StringComparison.Ordinal) ? standard : made;
        }
        catch (CelEvaluationException e)
        {
            _isOver |= e.Failure == CelFailure.BudgetExceeded;
            return standard;
        }
    }

    private static FieldError Broken(CompiledRule rule, FieldPath path, string type, string message) => rule.Rule.Reason switch
    {
        "FieldValueForbidden" => FieldError.Forbidden(path, message),
        "FieldValueRequired" => FieldError.Required(path, message),
        "FieldValueDuplicate" => FieldError.Duplicate(path, type),
        _ => FieldError.Invalid(path, type, message),
    };

    private static string TypeName(StructuralSchema schema) => schema.Type;

    private static FieldPath At(string path, string below = "")
    {
        var whole = below.Length == 0 ? path : path.Length == 0 ? below.TrimStart('.') : path + below;
        return FieldPath.Root(whole.Length == 0 ? "<nil>" : whole);
    }
}
