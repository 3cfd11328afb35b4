using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Configuration;

namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>One JWTAuthenticator of the configuration. Immutable.</summary>
/// <param name="Issuer">Whose tokens.</param>
/// <param name="ClaimRules">What must hold of the claims.</param>
/// <param name="Mappings">How claims become a user.</param>
/// <param name="UserRules">What must hold of the user.</param>
internal sealed record JwtAuthenticatorSettings(
    JwtIssuer Issuer, IReadOnlyList<ClaimRule> ClaimRules, ClaimMappings Mappings, IReadOnlyList<ClaimRule> UserRules)
{
    /// <exception cref="ConfigurationException">It can't be used.</exception>
    public static JwtAuthenticatorSettings Read(string path, string at, ObjectValue tree, string ownIssuer) => new(
        JwtIssuer.Read(path, $"{at}.issuer", tree.GetObject("issuer") ?? new ObjectValue(), ownIssuer),
        [.. ConfigurationFile.Objects(tree, "claimValidationRules").Select((r, i) => ClaimRule.Read(path, $"{at}.claimValidationRules[{i}]", r))],
        ClaimMappings.Read(path, $"{at}.claimMappings", tree.GetObject("claimMappings") ?? new ObjectValue()),
        [.. ConfigurationFile.Objects(tree, "userValidationRules").Select((r, i) => ClaimRule.ReadForUser(path, $"{at}.userValidationRules[{i}]", r))]);
}
