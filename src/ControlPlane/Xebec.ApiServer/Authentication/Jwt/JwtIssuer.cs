using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>An issuer of JWTs (apiserver.config.k8s.io/v1 Issuer). Immutable.</summary>
/// <param name="Url">What its tokens have as iss.</param>
/// <param name="DiscoveryUrl">Where its OpenID configuration is.</param>
/// <param name="CaBundle">The CAs its servers are checked against, PEM as base64; empty for the machine's.</param>
/// <param name="Audiences">Tokens must be for one of them.</param>
internal sealed record JwtIssuer(string Url, string DiscoveryUrl, string CaBundle, IReadOnlyList<string> Audiences)
{
    /// <exception cref="ConfigurationException">It can't be used.</exception>
    public static JwtIssuer Read(string path, string at, ObjectValue tree, string ownIssuer)
    {
        var (url, discovery) = (tree.GetString("url") ?? "", tree.GetString("discoveryURL") ?? "");
        CheckUrl(path, $"{at}.url", url);
        if (url == ownIssuer)
            throw new ConfigurationException(path, $"{at}.url: \"{url}\": URL must not overlap with disallowed issuers: [{ownIssuer}]");
        if (discovery.Length > 0)
            CheckUrl(path, $"{at}.discoveryURL", discovery);
        var (audiences, policy) = (ConfigurationFile.Texts(tree, "audiences"), tree.GetString("audienceMatchPolicy") ?? "");
        if (audiences.Length == 0 || audiences.Contains(""))
            throw new ConfigurationException(path, $"{at}.audiences: at least one audience is needed, none may be empty");
        if (policy is not ("" or "MatchAny") || (audiences.Length > 1 && policy.Length == 0))
            throw new ConfigurationException(path, $"{at}.audienceMatchPolicy: \"{policy}\": must be MatchAny for multiple audiences");
        if (tree.GetString("egressSelectorType") is { Length: > 0 })
            throw new ConfigurationException(path, $"{at}.egressSelectorType: there are no egress selectors");
        var pem = tree.GetString("certificateAuthority") ?? "";
        return new JwtIssuer(
            url, discovery.Length > 0 ? discovery : url.TrimEnd('/') + "/.well-known/openid-configuration",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)), audiences);
    }

    private static void CheckUrl(string path, string at, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != "https")
            throw new ConfigurationException(path, $"{at}: \"{text}\": URL scheme must be https");
        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw new ConfigurationException(path, $"{at}: \"{text}\": URL must not contain a username or password, query or fragment");
    }
}
