using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Configuration;
using Xebec.Cel;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>A CEL expression over the claims of a token (or, for user validation, over the user made of them). Immutable.</summary>
internal sealed class ClaimExpression
{
    private static readonly CelEnvironment OverClaims = new([new CelVariable("claims", CelType.Dyn)]);
    private static readonly CelEnvironment OverUser = new([new CelVariable("user", CelType.Dyn)]);
    private readonly CelProgram _program;
    private readonly string _variable;

    private ClaimExpression(CelProgram program, string variable) => (_program, _variable) = (program, variable);

    /// <summary>Whether it names a claim as claims.NAME.</summary>
    public bool Names(string claim) => _program.Expression.Contains($"claims.{claim}", StringComparison.Ordinal);

    /// <summary>Checks an expression over claims.</summary>
    /// <exception cref="ConfigurationException">It does not compile.</exception>
    public static ClaimExpression Compile(string path, string at, string expression) => Compile(path, at, expression, OverClaims, "claims");

    /// <summary>Checks an expression over user.</summary>
    /// <exception cref="ConfigurationException">It does not compile.</exception>
    public static ClaimExpression CompileForUser(string path, string at, string expression) => Compile(path, at, expression, OverUser, "user");

    /// <summary>Its value as JSON.</summary>
    /// <exception cref="JwtException">It met an error.</exception>
    public Value Evaluate(ObjectValue input)
    {
        try
        {
            return _program.Evaluate(new CelActivation().Set(_variable, input), new CelBudget(CelBudget.PerCallLimit)).ToJson();
        }
        catch (CelEvaluationException e)
        {
            throw new JwtException($"oidc: error evaluating expression \"{_program.Expression}\": {e.Message}");
        }
    }

    /// <summary>Its truth.</summary>
    /// <exception cref="JwtException">It met an error, or is no boolean.</exception>
    public bool IsTrue(ObjectValue input) =>
        Evaluate(input).AsBool() ?? throw new JwtException($"oidc: expression \"{_program.Expression}\" is not a boolean");

    private static ClaimExpression Compile(string path, string at, string expression, CelEnvironment environment, string variable)
    {
        try
        {
            return new ClaimExpression(environment.Compile(expression), variable);
        }
        catch (CelCompileException e)
        {
            throw new ConfigurationException(path, $"{at}: compilation failed: {e.Message}", e);
        }
    }
}
