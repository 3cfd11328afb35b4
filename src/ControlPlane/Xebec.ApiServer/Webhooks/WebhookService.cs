namespace Xebec.ApiServer.Webhooks;

/// <summary>A Service that a webhook is served by (ServiceReference of admissionregistration.k8s.io and apiextensions.k8s.io).</summary>
/// <param name="Namespace">The Service's namespace.</param>
/// <param name="Name">The Service's name.</param>
/// <param name="Path">The path to post to, empty for none.</param>
/// <param name="Port">The Service's port.</param>
internal sealed record WebhookService(string Namespace, string Name, string Path, int Port)
{
    /// <summary>The name in the URL, which the serving certificate must be for.</summary>
    public string ServerName => $"{Name}.{Namespace}.svc";
}
