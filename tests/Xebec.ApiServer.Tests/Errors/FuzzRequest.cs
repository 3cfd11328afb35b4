namespace Xebec.ApiServer.Tests.Errors;

/// <summary>One request as bytes.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path and query.</param>
/// <param name="Type">The body's media type; "" is no body.</param>
/// <param name="Body">The body.</param>
internal sealed record FuzzRequest(string Method, string Path, string Type, byte[] Body);
