using Xebec.Cel.Values;

namespace Xebec.Cel;

/// <summary>A checked expression. Immutable and safe to share; evaluations do not affect each other but by their budget.</summary>
public sealed class CelProgram
{
    internal CelProgram(string expression, CelType resultType)
    {
        Expression = expression;
        ResultType = resultType;
    }

    /// <summary>The expression as it was written.</summary>
    public string Expression { get; }

    /// <summary>The type of its value; dyn when that is known only when it is evaluated.</summary>
    public CelType ResultType { get; }

    /// <summary>Whether it names a variable (a rule that names <c>oldSelf</c> is a transition rule).</summary>
    public bool Uses(string variable) => Expression.Contains(variable, StringComparison.Ordinal);

    /// <summary>Evaluates it, charging the budget what it costs.</summary>
    /// <exception cref="CelEvaluationException">It met an error or cost too much.</exception>
    public CelValue Evaluate(CelActivation activation, CelBudget budget) => throw new CelEvaluationException($"not yet: {activation} {budget}");

    /// <summary>What one evaluation may cost at most, from the size hints of the variables' types.</summary>
    public CelCostEstimate EstimateCost() => new(0, ulong.MaxValue);
}
