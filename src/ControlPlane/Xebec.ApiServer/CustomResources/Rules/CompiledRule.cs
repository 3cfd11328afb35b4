using Xebec.ApiMachinery.Structural;
using Xebec.Cel;

namespace Xebec.ApiServer.CustomResources.Rules;

/// <summary>One of x-kubernetes-validations, compiled for the type of the value it stands at.</summary>
internal sealed class CompiledRule
{
    private CompiledRule(ValidationRule rule) => Rule = rule;

    /// <summary>The rule as it is declared.</summary>
    public ValidationRule Rule { get; }

    /// <summary>The rule's program; null when it does not compile, or is empty.</summary>
    public CelProgram? Program { get; private init; }

    /// <summary>The program of messageExpression; null without one.</summary>
    public CelProgram? Message { get; private init; }

    /// <summary>Why the rule does not compile, null when it does.</summary>
    public string? Error { get; private init; }

    /// <summary>Why messageExpression does not compile, null when it does.</summary>
    public string? MessageError { get; private init; }

    /// <summary>Where below the value its errors are: fieldPath as errors show it, empty for the value itself.</summary>
    public string FieldPath { get; private init; } = "";

    /// <summary>It compares with the value before the change.</summary>
    public bool IsTransition { get; private init; }

    /// <summary>Compiles the rules of a schema.</summary>
    public static CompiledRule[] CompileAll(StructuralSchema schema, bool isResource, KnownExpressions known)
    {
        var type = RuleTypes.Of(schema, isResource, "self") ?? CelType.Dyn;
        return [.. schema.Validations.Select(rule => Compile(rule, schema, type, known))];
    }

    private static CompiledRule Compile(ValidationRule rule, StructuralSchema schema, CelType type, KnownExpressions known)
    {
        if (rule.Rule.AsSpan().IsWhiteSpace())
            return new CompiledRule(rule);
        CelVariable[] variables = [new("self", type), new("oldSelf", rule.OptionalOldSelf ? CelType.Optional(type) : type)];
        var environment = new CelEnvironment(variables, known.VersionForRule(rule.Rule));
        var (program, error) = Compile(rule.Rule, environment, CelType.Bool, "cel expression must evaluate to a bool");
        if (program is null)
            return new CompiledRule(rule) { Error = error };
        var (message, messageError) = rule.MessageExpression.Length == 0 ? (null, null) : Compile(
            rule.MessageExpression, new CelEnvironment(variables, known.VersionForMessage(rule.MessageExpression)), CelType.String,
            "messageExpression must evaluate to a string");
        return new CompiledRule(rule)
        {
            Program = program,
            IsTransition = program.Uses("oldSelf"),
            Message = message,
            MessageError = messageError?.StartsWith("compilation", StringComparison.Ordinal) == true ? $"messageExpression {messageError}" : messageError,
            FieldPath = rule.FieldPath.Length == 0 ? "" : SchemaFieldPath.Follow(rule.FieldPath, schema).ToString(),
        };
    }

    private static (CelProgram? Program, string? Error) Compile(string expression, CelEnvironment environment, CelType wanted, string wrongType)
    {
        try
        {
            var program = environment.Compile(expression);
            return program.ResultType.Kind == wanted.Kind ? (program, null) : (null, wrongType);
        }
        catch (CelCompileException e)
        {
            return (null, $"compilation failed: {e.Message}");
        }
    }
}
