namespace Xebec.ApiServer.Authentication;

/// <summary>A service account as a user: system:serviceaccount:NAMESPACE:NAME and its groups.</summary>
internal static class ServiceAccountUser
{
    private const string Prefix = "system:serviceaccount:";

    public static string Name(string ns, string name) => $"{Prefix}{ns}:{name}";

    /// <summary>The groups, without system:authenticated.</summary>
    public static string[] Groups(string ns) => ["system:serviceaccounts", $"system:serviceaccounts:{ns}"];

    /// <summary>The namespace and name in a user name; null when it is not a service account's.</summary>
    public static (string Namespace, string Name)? Split(string userName)
    {
        if (!userName.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        return userName[Prefix.Length..].Split(':') is [{ Length: > 0 } ns, { Length: > 0 } name] ? (ns, name) : null;
    }

    /// <summary>The user a token stands for, with the extra facts of KEP-4193.</summary>
    public static UserInfo Of(ServiceAccountClaims claims)
    {
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (claims.Id.Length > 0)
            extra["authentication.kubernetes.io/credential-id"] = [$"JTI={claims.Id}"];
        if (claims.Node is { } node)
        {
            extra["authentication.kubernetes.io/node-name"] = [node.Name];
            if (node.Uid.Length > 0)
                extra["authentication.kubernetes.io/node-uid"] = [node.Uid];
        }

        if (claims.Pod is { } pod)
        {
            extra["authentication.kubernetes.io/pod-name"] = [pod.Name];
            extra["authentication.kubernetes.io/pod-uid"] = [pod.Uid];
        }

        return new UserInfo(
            Name(claims.Namespace, claims.ServiceAccount.Name), claims.ServiceAccount.Uid,
            [.. Groups(claims.Namespace), "system:authenticated"], extra);
    }
}
