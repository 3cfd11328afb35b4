namespace Xebec.ApiServer.Aggregation;

/// <summary>A Service that serves aggregated APIs; equal when a connection to one serves the other.</summary>
/// <param name="Namespace">The Service's namespace.</param>
/// <param name="Name">The Service's name.</param>
/// <param name="Port">The Service's port.</param>
/// <param name="CaBundle">The CAs in PEM as base64; empty for those the machine trusts.</param>
/// <param name="IsInsecure">Any certificate is believed.</param>
internal sealed record RemoteBackend(string Namespace, string Name, int Port, string CaBundle, bool IsInsecure)
{
    /// <summary>The name that the serving certificate must be for.</summary>
    public string ServerName => $"{Name}.{Namespace}.svc";

    /// <summary>The beginning of its addresses.</summary>
    public string Origin => $"https://{ServerName}:{Port}";
}
