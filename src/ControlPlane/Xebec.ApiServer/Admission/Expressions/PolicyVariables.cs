using Xebec.ApiMachinery.Values;
using Xebec.Cel;
using Xebec.Cel.Values;

namespace Xebec.ApiServer.Admission.Expressions;

/// <summary>The variables a policy declares: each may name those before it, and is evaluated when an expression first needs it. Immutable.</summary>
internal sealed class PolicyVariables
{
    private const string TypeName = "kubernetes.variables";
    private readonly CelObjectType _type;

    private PolicyVariables(IReadOnlyDictionary<string, CompiledExpression> expressions, CelObjectType type, CelEnvironment environment)
    {
        (Expressions, _type, Environment) = (expressions, type, environment);
    }

    /// <summary>The expressions by name.</summary>
    public IReadOnlyDictionary<string, CompiledExpression> Expressions { get; }

    /// <summary>What expressions that may use all of them may name.</summary>
    public CelEnvironment Environment { get; }

    /// <summary>Compiles the variables of a policy's spec.</summary>
    public static PolicyVariables Read(ListValue? list, CelEnvironment environment)
    {
        var expressions = new Dictionary<string, CompiledExpression>(StringComparer.Ordinal);
        var fields = new List<CelField>();
        var type = new CelObjectType(TypeName, []);
        var visible = environment.WithVariables(new CelVariable("variables", type));
        foreach (var variable in (list ?? []).Select(v => (ObjectValue)v))
        {
            var name = variable.GetString("name") ?? "";
            var compiled = CompiledExpression.Compile(variable.GetString("expression") ?? "", visible);
            expressions[name] = compiled;
            fields.Add(new CelField(name, compiled.Type));
            type = new CelObjectType(TypeName, [.. fields]);
            visible = environment.WithVariables(new CelVariable("variables", type));
        }

        return new PolicyVariables(expressions, type, visible);
    }

    /// <summary>Sets them for one evaluation of the policy; what they cost is charged to the budget.</summary>
    public void Set(CelActivation activation, CelBudget budget) => activation.Set(
        "variables", CelValue.LazyObject(_type, name => Evaluate(name, activation, budget)));

    private CelValue Evaluate(string name, CelActivation activation, CelBudget budget)
    {
        try
        {
            return Expressions[name].Evaluate(activation, budget);
        }
        catch (ExpressionException e)
        {
            return CelValue.Failed($"composited variable \"{name}\" fails to evaluate: {e.Message}");
        }
    }
}
