using Xebec.ApiServer.Authentication.Jwt;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Authentication;

/// <summary>A structured authentication configuration (apiserver.config.k8s.io/v1 AuthenticationConfiguration, KEP-3331). Immutable.</summary>
internal sealed record AuthenticationConfiguration(IReadOnlyList<JwtAuthenticatorSettings> Issuers, AnonymousRule? Anonymous)
{
    private const int MaximumIssuers = 64;

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ownIssuer">The issuer of service-account tokens, which no other may claim to be.</param>
    /// <exception cref="ConfigurationException">It can't be used.</exception>
    public static AuthenticationConfiguration Load(string path, string ownIssuer)
    {
        var tree = ConfigurationFile.Read(path, "config/v1.AuthenticationConfiguration", "apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1beta1");
        var issuers = ConfigurationFile.Objects(tree, "jwt").Select((j, i) => JwtAuthenticatorSettings.Read(path, $"jwt[{i}]", j, ownIssuer)).ToArray();
        if (issuers.Length > MaximumIssuers)
            throw new ConfigurationException(path, $"jwt: must have at most {MaximumIssuers} items");
        if (issuers.DistinctBy(i => i.Issuer.Url).Count() != issuers.Length)
            throw new ConfigurationException(path, "jwt: an issuer's url may be there only once");
        var anonymous = tree.GetObject("anonymous") is { } given
            ? new AnonymousRule(
                given["enabled"]?.AsBool() == true, [.. ConfigurationFile.Objects(given, "conditions").Select(c => c.GetString("path") ?? "")])
            : null;
        if (anonymous is { Enabled: false, Paths.Count: > 0 })
            throw new ConfigurationException(path, "anonymous.conditions: enabled should be set to true when conditions are defined");
        return new AuthenticationConfiguration(issuers, anonymous);
    }
}
