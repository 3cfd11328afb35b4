namespace Xebec.ApiServer.Authentication.Jwt;

/// <summary>A token of a known issuer is not believed; says why, for the log.</summary>
internal sealed class JwtException(string message) : Exception(message);
