using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Authentication;

/// <summary>What a service-account token says (the kubernetes.io claims of KEP-1205); times are Unix seconds.</summary>
internal sealed record ServiceAccountClaims
{
    public required string Issuer { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public required long IssuedAtSeconds { get; init; }

    public required long ExpiresAtSeconds { get; init; }

    /// <summary>The jti: unique to the token.</summary>
    public required string Id { get; init; }

    public required string Namespace { get; init; }

    public required ObjectIdentity ServiceAccount { get; init; }

    public ObjectIdentity? Pod { get; init; }

    public ObjectIdentity? Node { get; init; }

    public ObjectIdentity? Secret { get; init; }

    /// <summary>From when on a client that still uses it should have taken a newer one; 0 for never.</summary>
    public long WarnAfterSeconds { get; init; }

    /// <summary>The claims as they are signed.</summary>
    public ObjectValue ToTree()
    {
        var own = new ObjectValue { { "namespace", Namespace } };
        Add(own, "node", Node);
        Add(own, "pod", Pod);
        Add(own, "secret", Secret);
        Add(own, "serviceaccount", ServiceAccount);
        if (WarnAfterSeconds > 0)
            own["warnafter"] = WarnAfterSeconds;
        return new ObjectValue
        {
            { "aud", new ListValue(Audiences.Select(a => (Value)a)) },
            { "exp", ExpiresAtSeconds },
            { "iat", IssuedAtSeconds },
            { "iss", Issuer },
            { "jti", Id },
            { "kubernetes.io", own },
            { "nbf", IssuedAtSeconds },
            { "sub", ServiceAccountUser.Name(Namespace, ServiceAccount.Name) },
        };
    }

    /// <summary>Reads claims; null when they are not those of a service account.</summary>
    public static ServiceAccountClaims? FromTree(ObjectValue claims)
    {
        var own = claims.GetObject("kubernetes.io");
        if (own?.GetString("namespace") is not { } ns || Identity(own, "serviceaccount") is not { } account ||
            claims["exp"]?.AsInt64() is not { } expires || claims.GetString("sub") != ServiceAccountUser.Name(ns, account.Name))
            return null;
        return new ServiceAccountClaims
        {
            Issuer = claims.GetString("iss") ?? "",
            Audiences = claims["aud"] is ListValue list ? [.. list.Select(a => a.AsString() ?? "")] : [claims.GetString("aud") ?? ""],
            IssuedAtSeconds = claims["nbf"]?.AsInt64() ?? claims["iat"]?.AsInt64() ?? 0,
            ExpiresAtSeconds = expires,
            Id = claims.GetString("jti") ?? "",
            Namespace = ns,
            ServiceAccount = account,
            Pod = Identity(own, "pod"),
            Node = Identity(own, "node"),
            Secret = Identity(own, "secret"),
            WarnAfterSeconds = own["warnafter"]?.AsInt64() ?? 0,
        };
    }

    private static void Add(ObjectValue own, string name, ObjectIdentity? identity)
    {
        if (identity is not null)
            own[name] = new ObjectValue { { "name", identity.Name }, { "uid", identity.Uid } };
    }

    private static ObjectIdentity? Identity(ObjectValue own, string name) => own.GetObject(name) is { } found
        ? new ObjectIdentity(found.GetString("name") ?? "", found.GetString("uid") ?? "")
        : null;
}
