using Xebec.ApiServer.Proxy;

namespace Xebec.ApiServer.Webhooks;

/// <summary>
/// The clients of one user of webhooks (admission, conversion, authorization), one for each place called; those that a changed
/// configuration no longer names are closed by <see cref="Retain"/>.
/// </summary>
internal sealed class WebhookClients(ServiceResolver services, KubeApiServerOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _changing = new();
    private readonly Dictionary<WebhookClientConfig, WebhookClient> _clients = [];

    /// <summary>The client of a place, made on first use.</summary>
    public WebhookClient Get(WebhookClientConfig config)
    {
        lock (_changing)
        {
            if (!_clients.TryGetValue(config, out var client))
                _clients[config] = client = new WebhookClient(config, services, options, time);
            return client;
        }
    }

    /// <summary>Closes the clients of all other places; calls that run finish first.</summary>
    public void Retain(IReadOnlySet<WebhookClientConfig> wanted)
    {
        lock (_changing)
        {
            foreach (var (config, client) in _clients)
            {
                if (wanted.Contains(config))
                    continue;
                _clients.Remove(config);
                client.Dispose();
            }
        }
    }

    public void Dispose() => Retain(new HashSet<WebhookClientConfig>());
}
