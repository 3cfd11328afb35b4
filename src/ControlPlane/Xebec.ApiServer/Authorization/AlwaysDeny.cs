namespace Xebec.ApiServer.Authorization;

/// <summary>Allows nothing (upstream's AlwaysDeny mode).</summary>
internal sealed class AlwaysDeny : IAuthorizer
{
    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes) => new(false, "Everything is forbidden.");
}
