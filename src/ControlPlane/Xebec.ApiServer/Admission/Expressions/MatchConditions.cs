using Xebec.ApiMachinery.Values;
using Xebec.Cel;

namespace Xebec.ApiServer.Admission.Expressions;

/// <summary>The matchConditions of a webhook or policy: all must hold, one that is false is enough. Immutable.</summary>
internal sealed class MatchConditions
{
    private readonly CompiledExpression[] _conditions;
    private readonly bool _failsOpen;

    private MatchConditions(CompiledExpression[] conditions, bool failsOpen) => (_conditions, _failsOpen) = (conditions, failsOpen);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _conditions.Length == 0;

    /// <summary>Reads a list of conditions; absent is none.</summary>
    public static MatchConditions Read(ListValue? list, CelEnvironment environment, bool failsOpen) => new(
        [.. (list ?? []).Select(c => CompiledExpression.Compile(((ObjectValue)c).GetString("expression") ?? "", environment, CelType.Bool))], failsOpen);

    /// <summary>Whether all hold. A condition that gives no value counts as false when the failure policy is Ignore.</summary>
    /// <exception cref="ExpressionException">One gives no value, no other is false, and the failure policy is Fail.</exception>
    public bool Hold(CelActivation activation, CelBudget budget)
    {
        List<string>? failures = null;
        foreach (var condition in _conditions)
        {
            try
            {
                if (condition.Evaluate(activation, budget).AsBool() != true)
                    return false;
            }
            catch (ExpressionException e)
            {
                (failures ??= []).Add(e.Message);
                if (e.IsBudgetExceeded)
                    break;
            }
        }

        if (failures is null)
            return true;
        return _failsOpen ? false : throw new ExpressionException(failures is [var one] ? one : $"[{string.Join(", ", failures)}]");
    }
}
