namespace Xebec.ApiServer.Authentication;

/// <summary>Marks a request that came through the in-process transport, whose holder is trusted to be this user.</summary>
/// <param name="User">Who.</param>
internal sealed record InProcessIdentity(UserInfo User);
