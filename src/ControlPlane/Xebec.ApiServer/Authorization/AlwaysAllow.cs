namespace Xebec.ApiServer.Authorization;

/// <summary>Allows everything (upstream's AlwaysAllow mode), for tests that are about something else.</summary>
public sealed class AlwaysAllow : IAuthorizer
{
    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes) => new(true, "");
}
