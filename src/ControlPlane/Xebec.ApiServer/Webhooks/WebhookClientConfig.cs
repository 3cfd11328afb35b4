using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Webhooks;

/// <summary>Where a webhook is and whose certificate it has (WebhookClientConfig); equal when a connection to one serves the other.</summary>
internal sealed record WebhookClientConfig
{
    private const int UsualPort = 443;

    /// <summary>The URL, null when a Service is named.</summary>
    public string? Url { get; init; }

    /// <summary>The Service, null when a URL is given.</summary>
    public WebhookService? Service { get; init; }

    /// <summary>The CAs in PEM as base64; empty for those the machine trusts.</summary>
    public string CaBundle { get; init; } = "";

    /// <summary>Where requests are posted, as messages show it.</summary>
    public Uri Address => new(Service is { } service
        ? $"https://{service.ServerName}:{service.Port}{(service.Path.StartsWith('/') || service.Path.Length == 0 ? "" : "/")}{service.Path}"
        : Url!);

    /// <summary>Reads the clientConfig of a webhook configuration or a CustomResourceDefinition.</summary>
    public static WebhookClientConfig Read(ObjectValue tree) => new()
    {
        Url = tree.GetString("url"),
        Service = tree.GetObject("service") is { } service
            ? new WebhookService(
                service.GetString("namespace") ?? "", service.GetString("name") ?? "", service.GetString("path") ?? "",
                (int)(service["port"]?.AsInt64() ?? UsualPort))
            : null,
        CaBundle = tree.GetString("caBundle") ?? "",
    };
}
