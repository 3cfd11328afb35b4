using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Authentication;

/// <summary>Believes bootstrap tokens: ID.SECRET, kept as Secrets bootstrap-token-ID in kube-system, by which nodes join.</summary>
internal sealed partial class BootstrapTokenAuthenticator(ResourceCatalog catalog, TimeProvider time) : ITokenAuthenticator
{
    private const string GroupPrefix = "system:bootstrappers:";

    /// <inheritdoc/>
    public ValueTask<TokenIdentity?> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Authenticate(token));

    private TokenIdentity? Authenticate(string token)
    {
        if (Format().Match(token) is not { Success: true } match)
            return null;
        var secrets = catalog.Find("", "v1", "secrets")!;
        var (id, secret) = (match.Groups[1].Value, match.Groups[2].Value);
        if (!secrets.Cache.Snapshot.Objects.TryGetValue(secrets.Key("kube-system", $"bootstrap-token-{id}"), out var stored))
            return null;
        var tree = stored.ToTree();
        return tree.GetString("type") == "bootstrap.kubernetes.io/token" && tree.GetObject("data") is { } data && IsValid(data, id, secret)
            ? new TokenIdentity(new UserInfo($"system:bootstrap:{id}", Groups(data)), null)
            : null;
    }

    private bool IsValid(ObjectValue data, string id, string secret)
    {
        var isSame = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Text(data, "token-secret")), Encoding.UTF8.GetBytes(secret));
        var expiration = Text(data, "expiration");
        var isExpired = expiration.Length > 0 &&
            !(DateTimeOffset.TryParse(expiration, CultureInfo.InvariantCulture, out var end) && time.GetUtcNow() < end);
        return isSame && Text(data, "token-id") == id && !isExpired && Text(data, "usage-bootstrap-authentication") == "true";
    }

    private static List<string> Groups(ObjectValue data)
    {
        var groups = new List<string> { "system:bootstrappers" };
        var extra = Text(data, "auth-extra-groups").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        groups.AddRange(extra.Where(g => g.StartsWith(GroupPrefix, StringComparison.Ordinal)));
        groups.Add("system:authenticated");
        return groups;
    }

    private static string Text(ObjectValue data, string name)
    {
        var bytes = new byte[512];
        return data.GetString(name) is { } encoded && Convert.TryFromBase64String(encoded, bytes, out var written)
            ? Encoding.UTF8.GetString(bytes, 0, written)
            : "";
    }

    [GeneratedRegex("^([a-z0-9]{6})\\.([a-z0-9]{16})$")]
    private static partial Regex Format();
}
