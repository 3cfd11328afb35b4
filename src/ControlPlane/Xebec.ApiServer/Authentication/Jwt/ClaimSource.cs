using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>Where one part of an identity comes from: a claim with a prefix, or an expression over the claims. Immutable.</summary>
internal sealed class ClaimSource
{
    private readonly string _claim;
    private readonly string _prefix;
    private readonly ClaimExpression? _expression;

    private ClaimSource(string claim, string prefix, ClaimExpression? expression) => (_claim, _prefix, _expression) = (claim, prefix, expression);

    /// <summary>The claim's name, empty for an expression.</summary>
    public string Claim => _claim;

    /// <summary>Reads a mapping, null when it is empty.</summary>
    /// <exception cref="ConfigurationException">It is ambiguous, or a prefix is missing.</exception>
    public static ClaimSource? Read(string path, string at, ObjectValue? tree, bool needsPrefix)
    {
        var (claim, expression, prefix) = (tree?.GetString("claim") ?? "", tree?.GetString("expression") ?? "", tree?.GetString("prefix"));
        if (claim.Length == 0 && expression.Length == 0)
            return prefix is null ? null : throw new ConfigurationException(path, $"{at}.prefix: prefix can't be set without claim");
        if (claim.Length > 0 && expression.Length > 0)
            throw new ConfigurationException(path, $"{at}: claim and expression can't both be set");
        if (expression.Length > 0 && prefix is not null)
            throw new ConfigurationException(path, $"{at}.prefix: prefix can't be set when expression is set");
        if (expression.Length > 0)
            return new ClaimSource("", "", ClaimExpression.Compile(path, $"{at}.expression", expression));
        if (needsPrefix && prefix is null)
            throw new ConfigurationException(path, $"{at}.prefix: prefix is required when claim is set. It can be set to an empty string to disable prefixing");
        return new ClaimSource(claim, prefix ?? "", null);
    }

    /// <summary>The one text; null when the claim is absent.</summary>
    /// <exception cref="JwtException">It is something else.</exception>
    public string? One(ObjectValue claims) => Texts(claims) switch
    {
        null or [] => null,
        [var one] when _expression is not null || claims[_claim] is StringValue => one,
        _ => throw new JwtException($"oidc: {What} is not a string"),
    };

    /// <summary>The texts of a string or a list of strings; null when the claim is absent.</summary>
    /// <exception cref="JwtException">It is something else.</exception>
    public IReadOnlyList<string>? Texts(ObjectValue claims)
    {
        var value = _expression is not null ? _expression.Evaluate(claims) : claims[_claim];
        return value switch
        {
            null or NullValue => null,
            StringValue text => [_prefix + text.Text],
            ListValue list => [.. list.Select(item => _prefix + (item.AsString() ?? throw new JwtException($"oidc: {What} is not a list of strings")))],
            _ => throw new JwtException($"oidc: {What} is neither a string nor a list of strings"),
        };
    }

    private string What => _expression is null ? $"claim {_claim}" : "the value of an expression";
}
