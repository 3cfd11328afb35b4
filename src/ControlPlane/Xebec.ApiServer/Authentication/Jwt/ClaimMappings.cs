using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>How claims become a user (apiserver.config.k8s.io/v1 ClaimMappings). Immutable.</summary>
internal sealed class ClaimMappings
{
    private const string CredentialId = "authentication.kubernetes.io/credential-id";
    private readonly ClaimSource _username;
    private readonly ClaimSource? _groups;
    private readonly ClaimSource? _uid;
    private readonly IReadOnlyList<(string Key, ClaimExpression Value)> _extra;

    private ClaimMappings(
        ClaimSource username, ClaimSource? groups, ClaimSource? uid, IReadOnlyList<(string Key, ClaimExpression Value)> extra) =>
        (_username, _groups, _uid, _extra) = (username, groups, uid, extra);

    /// <exception cref="ConfigurationException">A mapping is wrong, or there is none for the user name.</exception>
    public static ClaimMappings Read(string path, string at, ObjectValue tree)
    {
        var username = ClaimSource.Read(path, $"{at}.username", tree.GetObject("username"), needsPrefix: true)
            ?? throw new ConfigurationException(path, $"{at}.username: claim or expression is required");
        var extra = ConfigurationFile.Objects(tree, "extra").Select((e, i) => ReadExtra(path, $"{at}.extra[{i}]", e)).ToArray();
        if (extra.DistinctBy(e => e.Key).Count() != extra.Length)
            throw new ConfigurationException(path, $"{at}.extra: a key may be there only once");
        return new ClaimMappings(
            username, ClaimSource.Read(path, $"{at}.groups", tree.GetObject("groups"), needsPrefix: true),
            ClaimSource.Read(path, $"{at}.uid", tree.GetObject("uid"), needsPrefix: false), extra);
    }

    /// <summary>The user that claims stand for.</summary>
    /// <exception cref="JwtException">A claim is missing, or is something else.</exception>
    public UserInfo Map(ObjectValue claims)
    {
        var name = _username.One(claims);
        if (name is null or "")
            throw new JwtException("oidc: the claims give no user name");
        if (_username.Claim == "email" && claims.TryGetValue("email_verified", out var verified) && verified.AsBool() != true)
            throw new JwtException("oidc: email not verified");
        var uid = _uid?.One(claims) ?? "";
        return new UserInfo(name, uid, [.. _groups?.Texts(claims) ?? [], "system:authenticated"], Extra(claims));
    }

    private Dictionary<string, IReadOnlyList<string>> Extra(ObjectValue claims)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (claims.GetString("jti") is { Length: > 0 } id)
            extra[CredentialId] = [$"JTI={id}"];
        foreach (var (key, expression) in _extra)
        {
            var texts = expression.Evaluate(claims) switch
            {
                StringValue text => [text.Text],
                ListValue list => list.Select(t => t.AsString() ?? throw new JwtException($"oidc: extra {key} is not a list of strings")).ToArray(),
                NullValue => [],
                _ => throw new JwtException($"oidc: extra {key} is neither a string nor a list of strings"),
            };
            texts = [.. texts.Where(t => t.Length > 0)];
            if (texts.Length > 0)
                extra[key] = texts;
        }

        return extra;
    }

    private static bool IsIn(string domain, string parent) => domain == parent || domain.EndsWith($".{parent}", StringComparison.Ordinal);

    private static (string Key, ClaimExpression Value) ReadExtra(string path, string at, ObjectValue tree)
    {
        var key = tree.GetString("key") ?? "";
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == key.Length - 1 || key.Any(char.IsUpper))
            throw new ConfigurationException(path, $"{at}.key: \"{key}\": key must be a lowercase domain-prefixed path (such as \"acme.io/foo\")");
        var domain = key[..slash];
        if (IsIn(domain, "kubernetes.io") || IsIn(domain, "k8s.io"))
            throw new ConfigurationException(path, $"{at}.key: \"{key}\": k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use");
        return (key, ClaimExpression.Compile(path, $"{at}.valueExpression", tree.GetString("valueExpression") ?? ""));
    }
}
