using System.Text;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Authentication.LegacyTokens;

/// <summary>A Secret as one of type kubernetes.io/service-account-token; any other is <see cref="None"/>.</summary>
internal sealed record TokenSecret
{
    public const string Type = "kubernetes.io/service-account-token";
    public const string AccountName = "kubernetes.io/service-account.name";
    public const string AccountUid = "kubernetes.io/service-account.uid";

    /// <summary>Any other Secret.</summary>
    public static TokenSecret None { get; } = new();

    public bool IsToken { get; private init; }

    public bool IsBeingDeleted { get; private init; }

    public ObjectIdentity Secret { get; private init; } = new("", "");

    public string Namespace { get; private init; } = "";

    /// <summary>The account that its annotations name; the uid is empty until it is filled in.</summary>
    public ObjectIdentity Account { get; private init; } = new("", "");

    /// <summary>The token; empty when it has none yet.</summary>
    public string Token { get; private init; } = "";

    public string AuthorityPem { get; private init; } = "";

    public bool HasNamespace { get; private init; }

    /// <summary>Reads a cached Secret; the large ones of other types are not parsed.</summary>
    public static TokenSecret Read(CachedObject item)
    {
        if (item.Json.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Type)) < 0)
            return None;
        var tree = item.ToTree();
        if (tree.GetString("type") != Type)
            return None;
        var metadata = tree.GetObject("metadata");
        var (annotations, data) = (metadata?.GetObject("annotations"), tree.GetObject("data"));
        return new TokenSecret
        {
            IsToken = true,
            IsBeingDeleted = metadata?.GetString("deletionTimestamp") is { Length: > 0 },
            Secret = new ObjectIdentity(item.Facts.Name, metadata?.GetString("uid") ?? ""),
            Namespace = item.Facts.Namespace,
            Account = new ObjectIdentity(annotations?.GetString(AccountName) ?? "", annotations?.GetString(AccountUid) ?? ""),
            Token = Text(data, "token"),
            AuthorityPem = Text(data, "ca.crt"),
            HasNamespace = Text(data, "namespace").Length > 0,
        };
    }

    private static string Text(ObjectValue? data, string name)
    {
        var encoded = data?.GetString(name) ?? "";
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : "";
    }
}
