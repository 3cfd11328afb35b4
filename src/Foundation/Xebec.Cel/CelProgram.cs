using Xebec.Cel.Evaluation;
using Xebec.Cel.Syntax;
using Xebec.Cel.Values;

namespace Xebec.Cel;

/// <summary>A checked expression. Immutable and safe to share; evaluations do not affect each other but by their budget.</summary>
public sealed class CelProgram
{
    private const string OutOfBudget = "validation failed due to running out of cost budget, no further validation rules will be run";
    private readonly Expr _expr;
    private readonly Node _node;
    private readonly int _localCount;
    private readonly IReadOnlyList<CelVariable> _variables;

    internal CelProgram(string expression, Expr expr, Node node, int localCount, IReadOnlyList<CelVariable> variables)
    {
        Expression = expression;
        _expr = expr;
        _node = node;
        _localCount = localCount;
        _variables = variables;
    }

    /// <summary>The expression as it was written.</summary>
    public string Expression { get; }

    /// <summary>The type of its value; dyn when that is known only when it is evaluated.</summary>
    public CelType ResultType => _expr.Type;

    /// <summary>Whether it names a variable (a rule that names <c>oldSelf</c> is a transition rule).</summary>
    public bool Uses(string variable) => VariableUse.Names(_expr, variable);

    /// <summary>Evaluates it, charging the budget what it costs.</summary>
    /// <exception cref="CelEvaluationException">It met an error or cost too much.</exception>
    public CelValue Evaluate(CelActivation activation, CelBudget budget)
    {
        var frame = new Frame(activation, _localCount);
        CelValue value;
        try
        {
            value = _node.Evaluate(frame);
        }
        finally
        {
            budget.Charge(frame.Cost);
        }

        if (budget.Remaining < 0)
            throw new CelEvaluationException(OutOfBudget, CelFailure.BudgetExceeded);
        return value is CelError error ? throw new CelEvaluationException(error.Message) : value;
    }

    /// <summary>What one evaluation may cost, from the size hints of the variables' types.</summary>
    public CelCostEstimate EstimateCost() => new Costs.CostEstimator(_variables).Estimate(_expr);
}
