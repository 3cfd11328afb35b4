namespace Xebec.ApiServer.Authentication;

/// <summary>Who a bearer token stands for.</summary>
/// <param name="User">The user.</param>
/// <param name="Audiences">Whom the token is for; null when it does not say, which means this server.</param>
internal sealed record TokenIdentity(UserInfo User, IReadOnlyList<string>? Audiences);
