using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Xebec.ApiServer.Authentication;

/// <summary>Remembers for a while what was found out about tokens, by their hashes.</summary>
internal sealed class TokenCache(TimeSpan lifetime, TimeProvider time)
{
    private const int RememberedTokens = 4096;
    private readonly ConcurrentDictionary<string, (TokenIdentity? Identity, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    /// <summary>The identity that was found for a token and audiences; false when there is none that still counts.</summary>
    public bool TryGet(string token, IReadOnlyList<string> audiences, out TokenIdentity? identity)
    {
        var isKnown = _known.TryGetValue(Key(token, audiences), out var known) && time.GetUtcNow() < known.Until;
        identity = isKnown ? known.Identity : null;
        return isKnown;
    }

    /// <summary>Remembers an identity (null: the token is not good), for the lifetime or until the token itself ends.</summary>
    public void Set(string token, IReadOnlyList<string> audiences, TokenIdentity? identity, DateTimeOffset? ends = null)
    {
        if (_known.Count >= RememberedTokens)
            _known.Clear();
        var until = time.GetUtcNow() + lifetime;
        _known[Key(token, audiences)] = (identity, ends < until ? ends.Value : until);
    }

    private static string Key(string token, IReadOnlyList<string> audiences) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{token}\n{string.Join('\n', audiences)}")));
}
