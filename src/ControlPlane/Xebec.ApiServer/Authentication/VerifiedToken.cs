namespace Xebec.ApiServer.Authentication;

/// <summary>A token whose signature is good, and what else must hold each time it is used.</summary>
internal sealed class VerifiedToken(ServiceAccountClaims claims, LiveReference[] references)
{
    public TokenIdentity Identity { get; } = new(ServiceAccountUser.Of(claims), claims.Audiences);

    public bool IsValid(DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        if (seconds >= claims.ExpiresAtSeconds || seconds < claims.IssuedAtSeconds)
            return false;
        foreach (var reference in references)
        {
            if (!reference.IsAlive(now))
                return false;
        }

        return true;
    }
}
