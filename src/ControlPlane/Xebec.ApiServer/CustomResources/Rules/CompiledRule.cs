using Xebec.ApiMachinery.Structural;
using Xebec.Cel;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>One of x-kubernetes-validations, compiled for the type of the value it stands at.</summary>
internal sealed class CompiledRule
{
    private CompiledRule(ValidationRule rule, CelProgram? program, CelProgram? message, string? error, string? messageError)
    {
        (Rule, Program, Message, Error, MessageError) = (rule, program, message, error, messageError);
        IsTransition = program?.Uses("oldSelf") == true;
    }

    /// <summary>The rule as it is declared.</summary>
    public ValidationRule Rule { get; }

    /// <summary>The rule's program; null when it does not compile.</summary>
    public CelProgram? Program { get; }

    /// <summary>The program of messageExpression; null without one.</summary>
    public CelProgram? Message { get; }

    /// <summary>Why the rule does not compile, null when it does.</summary>
    public string? Error { get; }

    /// <summary>Why messageExpression does not compile, null when it does.</summary>
    public string? MessageError { get; }

    /// <summary>It compares with the value before the change.</summary>
    public bool IsTransition { get; }

    /// <summary>Compiles the rules of a schema.</summary>
    public static CompiledRule[] CompileAll(StructuralSchema schema, bool isResource, int minorVersion)
    {
        var type = RuleTypes.Of(schema, isResource, "self") ?? CelType.Dyn;
        var plain = new CelEnvironment([new CelVariable("self", type), new CelVariable("oldSelf", type)], minorVersion);
        var optional = plain.WithVariables(new CelVariable("oldSelf", CelType.Optional(type)));
        return [.. schema.Validations.Select(rule => Compile(rule, rule.OptionalOldSelf ? optional : plain))];
    }

    private static CompiledRule Compile(ValidationRule rule, CelEnvironment environment)
    {
        var (program, error) = Compile(rule.Rule, environment, CelType.Bool, "cel expression must evaluate to a bool");
        var (message, messageError) = rule.MessageExpression.Trim().Length == 0
            ? (null, null)
            : Compile(rule.MessageExpression, environment, CelType.String, "messageExpression must evaluate to a string");
        return new CompiledRule(rule, program, message, error, messageError);
    }

    private static (CelProgram? Program, string? Error) Compile(string expression, CelEnvironment environment, CelType wanted, string wrongType)
    {
        try
        {
            var program = environment.Compile(expression);
            return program.ResultType.Kind == wanted.Kind || program.ResultType.Kind == CelTypeKind.Dyn ? (program, null) : (null, wrongType);
        }
        catch (CelCompileException e)
        {
            return (null, $"compilation failed: {e.Message}");
        }
    }
}
