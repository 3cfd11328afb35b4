using Xebec.Cel;
using Xebec.Cel.Values;

namespace Xebec.ApiServer.Admission.Expressions;

/// <summary>An expression of a webhook or policy, compiled, or why it does not compile. Immutable.</summary>
internal sealed class CompiledExpression
{
    private readonly CelProgram? _program;
    private readonly string? _failure;

    private CompiledExpression(string text, CelProgram? program, string? failure) => (Text, _program, _failure) = (text, program, failure);

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>The type of its value; dyn when it does not compile.</summary>
    public CelType Type => _program?.ResultType ?? CelType.Dyn;

    /// <summary>Why it does not compile, null when it does.</summary>
    public string? Failure => _failure;

    /// <summary>Compiles an expression whose value has one of some types; none for any.</summary>
    public static CompiledExpression Compile(string text, CelEnvironment environment, params ReadOnlySpan<CelType> wanted)
    {
        try
        {
            var program = environment.Compile(text);
            return new CompiledExpression(text, program, WrongType(program.ResultType, wanted));
        }
        catch (CelCompileException e)
        {
            return new CompiledExpression(text, null, $"compilation failed: {e.Message}");
        }
    }

    /// <summary>The value.</summary>
    /// <exception cref="ExpressionException">There is none; says why as upstream does.</exception>
    public CelValue Evaluate(CelActivation activation, CelBudget budget)
    {
        if (_failure is not null)
            throw new ExpressionException($"compilation error: {_failure}");
        try
        {
            return _program!.Evaluate(activation, budget);
        }
        catch (CelEvaluationException e)
        {
            throw e.Failure == CelFailure.BudgetExceeded
                ? new ExpressionException("validation failed due to running out of cost budget, no further validation rules will be run")
                {
                    IsBudgetExceeded = true,
                }
                : new ExpressionException($"expression '{Text}' resulted in error: {e.Message}");
        }
    }

    private static string? WrongType(CelType type, ReadOnlySpan<CelType> wanted)
    {
        foreach (var one in wanted)
        {
            if (type.ToString() == one.ToString())
                return null;
        }

        return wanted.Length switch
        {
            0 => null,
            1 => $"must evaluate to {wanted[0]}",
            _ => $"must evaluate to one of [{string.Join(' ', wanted.ToArray().Select(Name))}]",
        };
    }

    private static string Name(CelType type) => type.Kind == CelTypeKind.Null ? "null_type" : type.ToString();
}
