using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>What must hold of claims or of the user made of them: a claim's value, or an expression. Immutable.</summary>
internal sealed class ClaimRule
{
    private readonly string _claim;
    private readonly string _value;
    private readonly string _message;
    private readonly ClaimExpression? _expression;

    private ClaimRule(string claim, string value, string message, ClaimExpression? expression) =>
        (_claim, _value, _message, _expression) = (claim, value, message, expression);

    /// <summary>Whether it looks at a claim.</summary>
    public bool Names(string claim) => _expression?.Names(claim) == true;

    /// <summary>Reads a claim validation rule.</summary>
    /// <exception cref="ConfigurationException">It is ambiguous or empty.</exception>
    public static ClaimRule Read(string path, string at, ObjectValue tree)
    {
        var (claim, expression, message) = (tree.GetString("claim") ?? "", tree.GetString("expression") ?? "", tree.GetString("message") ?? "");
        if ((claim.Length == 0) == (expression.Length == 0))
            throw new ConfigurationException(path, $"{at}: claim or expression is required, and not both");
        return claim.Length > 0
            ? new ClaimRule(claim, tree.GetString("requiredValue") ?? "", "", null)
            : new ClaimRule("", "", message, ClaimExpression.Compile(path, $"{at}.expression", expression));
    }

    /// <summary>Reads a user validation rule.</summary>
    /// <exception cref="ConfigurationException">It has no expression that compiles.</exception>
    public static ClaimRule ReadForUser(string path, string at, ObjectValue tree)
    {
        if (tree.GetString("expression") is not { Length: > 0 } expression)
            throw new ConfigurationException(path, $"{at}.expression: expression is required");
        return new ClaimRule("", "", tree.GetString("message") ?? "", ClaimExpression.CompileForUser(path, $"{at}.expression", expression));
    }

    /// <summary>Checks claims, or a user.</summary>
    /// <exception cref="JwtException">It does not hold.</exception>
    public void Check(ObjectValue input)
    {
        if (_expression is not null)
        {
            if (!_expression.IsTrue(input))
                throw new JwtException($"oidc: validation failed: {_message}");
            return;
        }

        if (!input.ContainsKey(_claim))
            throw new JwtException($"oidc: required claim {_claim} not present in ID token");
        if (input.GetString(_claim) != _value)
            throw new JwtException($"oidc: required claim {_claim} value does not match");
    }
}
