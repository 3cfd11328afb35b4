namespace Xebec.Kubelet.Runtime;

/// <summary>Credentials for one registry: a user and password, or a token.</summary>
public sealed record AuthConfig
{
    /// <summary>User name.</summary>
    public string Username { get; init; } = "";

    /// <summary>Password.</summary>
    public string Password { get; init; } = "";

    /// <summary>Base64 of <c>user:password</c>, instead of the two.</summary>
    public string Auth { get; init; } = "";

    /// <summary>The registry these are for; empty is that of the image.</summary>
    public string ServerAddress { get; init; } = "";

    /// <summary>Token to be exchanged for an access token.</summary>
    public string IdentityToken { get; init; } = "";

    /// <summary>Bearer token sent as it is.</summary>
    public string RegistryToken { get; init; } = "";

    /// <summary>Names the server only: credentials stay out of logs.</summary>
    public override string ToString() => $"AuthConfig for {ServerAddress}";
}
