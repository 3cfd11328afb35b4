using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Authentication.LegacyTokens;

/// <summary>What a token says that is kept in a Secret: whose it is and which Secret has it. It does not expire.</summary>
/// <param name="Namespace">The namespace of both.</param>
/// <param name="Account">The service account.</param>
/// <param name="SecretName">The Secret.</param>
internal sealed record LegacyTokenClaims(string Namespace, ObjectIdentity Account, string SecretName)
{
    private const string Issuer = "kubernetes/serviceaccount";
    private const string Prefix = "kubernetes.io/serviceaccount/";

    /// <summary>The claims as they are signed.</summary>
    public ObjectValue ToTree() => new()
    {
        { "iss", Issuer },
        { Prefix + "namespace", Namespace },
        { Prefix + "secret.name", SecretName },
        { Prefix + "service-account.name", Account.Name },
        { Prefix + "service-account.uid", Account.Uid },
        { "sub", ServiceAccountUser.Name(Namespace, Account.Name) },
    };

    /// <summary>Reads claims; null when they are no such token's.</summary>
    public static LegacyTokenClaims? FromTree(ObjectValue tree)
    {
        string[] parts = [.. new[] { "namespace", "secret.name", "service-account.name", "service-account.uid" }.Select(p => tree.GetString(Prefix + p) ?? "")];
        return tree.GetString("iss") == Issuer && !parts.Contains("") && tree.GetString("sub") == ServiceAccountUser.Name(parts[0], parts[2])
            ? new LegacyTokenClaims(parts[0], new ObjectIdentity(parts[2], parts[3]), parts[1])
            : null;
    }
}
