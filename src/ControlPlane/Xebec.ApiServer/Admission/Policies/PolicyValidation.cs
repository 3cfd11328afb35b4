using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission.Expressions;
using Xebec.Cel;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>One validation of a policy, compiled. Immutable.</summary>
internal sealed class PolicyValidation
{
    private const int MaximumMessageBytes = 5 * 1024;
    private readonly CompiledExpression _expression;
    private readonly CompiledExpression? _messageExpression;
    private readonly string _message;
    private readonly string _reason;

    public PolicyValidation(ObjectValue tree, CelEnvironment environment)
    {
        _expression = CompiledExpression.Compile(tree.GetString("expression") ?? "", environment, CelType.Bool);
        _messageExpression = tree.GetString("messageExpression") is { Length: > 0 } text
            ? CompiledExpression.Compile(text, AdmissionEnvironment.Messages(environment), CelType.String)
            : null;
        _message = tree.GetString("message")?.Trim() ?? "";
        _reason = tree.GetString("reason") is { Length: > 0 } reason ? reason : StatusReason.Invalid;
    }

    /// <summary>Null when it holds.</summary>
    /// <exception cref="ExpressionException">The budget of the policy is spent.</exception>
    public PolicyDecision? Check(int index, CelActivation activation, CelBudget budget)
    {
        try
        {
            return _expression.Evaluate(activation, budget).AsBool() == true
                ? null
                : new PolicyDecision(Message(activation, budget), _reason, index, IsError: false);
        }
        catch (ExpressionException e) when (!e.IsBudgetExceeded)
        {
            return new PolicyDecision(e.Message, StatusReason.Invalid, index, IsError: true);
        }
    }

    private string Message(CelActivation activation, CelBudget budget)
    {
        if (_messageExpression is not null && Computed(_messageExpression, activation, budget) is { Length: > 0 } computed)
            return computed;
        return _message.Length > 0 ? _message : $"failed expression: {_expression.Text.Trim()}";
    }

    // A message that can't be computed, or is of no use, must not hide that the validation failed.
    private static string? Computed(CompiledExpression expression, CelActivation activation, CelBudget budget)
    {
        try
        {
            var text = expression.Evaluate(activation, budget).AsString()?.Trim();
            return text is null || text.Contains('\n', StringComparison.Ordinal) || System.Text.Encoding.UTF8.GetByteCount(text) > MaximumMessageBytes
                ? null
                : text;
        }
        catch (ExpressionException e) when (!e.IsBudgetExceeded)
        {
            return null;
        }
    }
}
