using System.Runtime.CompilerServices;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;
using Xebec.Cel;
using Xebec.Cel.Values;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>Runs the rules of a schema on an object, within one budget. What did not change only gives warnings (ratcheting).</summary>
internal sealed class RuleEvaluation
{
    private const string OutOfBudget = "validation failed due to running out of cost budget, no further validation rules will be run";
    private static readonly ConditionalWeakTable<StructuralSchema, CompiledRule[]> Compiled = [];
    private readonly CelBudget _budget = new();
    private readonly List<FieldError> _errors;
    private readonly Action<string>? _warn;
    private bool _isOver;

    private RuleEvaluation(List<FieldError> errors, Action<string>? warn) => (_errors, _warn) = (errors, warn);

    /// <summary>Adds what the rules have against an object; the old one is null when it is new.</summary>
    public static void Check(ObjectValue item, ObjectValue? old, StructuralSchema schema, List<FieldError> errors, Action<string>? warn = null)
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

        var ratchet = old is null ? default : new Ratchet(new Correlated(item, old, schema), null);
        new RuleEvaluation(errors, warn).Walk(item, old, ratchet, schema, "", isResource: true);
    }

    /// <summary>Adds what the rules have against a default, which is new and old at once.</summary>
    public static void CheckDefault(Value value, StructuralSchema schema, List<FieldError> errors) =>
        new RuleEvaluation(errors, null).Walk(value, value, default, schema, "", isResource: false);

    private static bool IsBlocking(FieldError error) =>
        error.Type is CauseType.FieldValueNotSupported or CauseType.FieldValueRequired or CauseType.FieldValueTooLong
            or CauseType.FieldValueTooMany or CauseType.FieldValueTypeInvalid;

    private void Walk(Value value, Value? old, Ratchet ratchet, StructuralSchema schema, string path, bool isResource)
    {
        if (_isOver || !schema.HasValidations || value is NullValue)
            return;
        if (schema.Validations.Count > 0)
            CheckRules(value, old is NullValue ? null : old, ratchet, schema, path, isResource);
        switch (value)
        {
            case ObjectValue members:
                foreach (var (name, member) in members)
                {
                    if (schema.Member(name) is { HasValidations: true } below)
                    {
                        var here = schema.Properties.ContainsKey(name) ? Join(path, name) : $"{path}[{name}]";
                        Walk(member, (old as ObjectValue)?[name], ratchet.Member(name), below, here, isResource: false);
                    }
                }

                break;
            case ListValue items when schema.Items is { HasValidations: true } below:
                for (var i = 0; i < items.Count; i++)
                {
                    var before = SchemaValidation.Correlate(items[i], old as ListValue, schema);
                    Walk(items[i], before, ratchet.Item(items[i]), below, $"{path}[{i}]", isResource: false);
                }

                break;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void CheckRules(Value value, Value? old, Ratchet ratchet, StructuralSchema schema, string path, bool isResource)
    {
        var rules = Compiled.TryGetValue(schema, out var known)
            ? known
            : Compiled.GetValue(schema, s => CompiledRule.CompileAll(s, isResource, KnownExpressions.All));
        foreach (var rule in rules)
        {
            if (_isOver)
                return;
            if (rule.Error is { } error)
                _errors.Add(FieldError.Invalid(At(path), schema.Type, $"rule compile error: {error}"));
            else if (rule.Program is not null && (!rule.IsTransition || old is not null || rule.Rule.OptionalOldSelf))
                Run(rule, value, old, ratchet, schema, path);
        }
    }

    private void Run(CompiledRule rule, Value value, Value? old, Ratchet ratchet, StructuralSchema schema, string path)
    {
        var activation = ActivationOf(rule, value, old, schema, path.Length == 0);
        try
        {
            if (rule.Program!.Evaluate(activation, _budget).AsBool() == true)
                return;
        }
        catch (CelEvaluationException e)
        {
            Fail(e, rule, schema, path);
            return;
        }

        var error = Broken(rule, At(rule.FieldPath.Length == 0 ? path : Join(path, rule.FieldPath)), schema.Type, activation);
        if (rule.IsTransition || !ratchet.Holds)
            _errors.Add(error);
        else
            _warn?.Invoke(error.ToString());
    }

    // A rule that cannot be evaluated is an error also of what did not change.
    private void Fail(CelEvaluationException failure, CompiledRule rule, StructuralSchema schema, string path)
    {
        var text = rule.Rule.Message.Length > 0 ? rule.Rule.Message.Trim() : rule.Rule.Rule.Trim();
        var isOutOfBudget = failure.Failure == CelFailure.BudgetExceeded || _budget.Remaining < 0;
        var message = failure.Failure switch
        {
            _ when isOutOfBudget => OutOfBudget,
            CelFailure.CallCostExceeded => $"'{failure.Message}': no further validation rules will be run due to call cost exceeds limit for rule: {text}",
            _ when failure.Message.StartsWith("no such overload", StringComparison.Ordinal) =>
                $"'{failure.Message}': call arguments did not match a supported operator, function or macro signature for rule: {text}",
            _ => $"{failure.Message} evaluating rule: {text}",
        };
        _isOver = isOutOfBudget || failure.Failure == CelFailure.CallCostExceeded;
        _errors.Add(FieldError.Invalid(At(path), schema.Type, message));
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

    private FieldError Broken(CompiledRule rule, FieldPath path, string type, CelActivation activation)
    {
        var message = rule.Message is null ? null : MessageOf(rule.Message, activation);
        if (_isOver)
            return FieldError.Invalid(path, type, message!);
        message ??= rule.Rule.Message.Length > 0 ? rule.Rule.Message.Trim() : $"failed rule: {rule.Rule.Rule.Trim()}";
        return rule.Rule.Reason switch
        {
            "FieldValueForbidden" => FieldError.Forbidden(path, message),
            "FieldValueRequired" => FieldError.Required(path, message),
            "FieldValueDuplicate" => FieldError.Duplicate(path, type),
            _ => FieldError.Invalid(path, type, message),
        };
    }

    // A message that cannot be made, is empty or has lines is as good as none; one that costs too much ends everything.
    private string? MessageOf(CelProgram program, CelActivation activation)
    {
        try
        {
            var made = program.Evaluate(activation, _budget).AsString()?.Trim() ?? "";
            return made.Length is 0 or > 5120 || made.Contains('\n', StringComparison.Ordinal) ? null : made;
        }
        catch (CelEvaluationException e)
        {
            _isOver = _budget.Remaining < 0 || e.Failure is CelFailure.BudgetExceeded or CelFailure.CallCostExceeded;
            if (!_isOver)
                return null;
            return _budget.Remaining < 0
                ? "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run"
                : $"no further validation rules will be run due to call cost exceeds limit for messageExpression: {GoText.Quote(program.Expression)}";
        }
    }

    private static FieldPath At(string path) => FieldPath.Root(path.Length == 0 ? "<nil>" : path);
}
