using Xebec.ApiServer.WatchCache;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Admission.Webhooks;

/// <summary>
/// The webhooks of all configurations of one kind, by name of configuration, compiled when the first request after a change needs them;
/// each configuration once for each of its versions. Readers take no lock.
/// </summary>
internal sealed class WebhookModel(ResourceCache configurations, WebhookClients clients)
{
    private readonly Lock _building = new();
    private readonly DerivedFacts<Webhook[]> _compiled = new(item => Webhook.ReadAll(item.ToTree()));
    private volatile Built _built = new(null, []);

    /// <summary>The webhooks now; empty when there are none.</summary>
    public Webhook[] Webhooks
    {
        get
        {
            var (built, snapshot) = (_built, configurations.Snapshot);
            return ReferenceEquals(built.Snapshot, snapshot) ? built.Webhooks : Build(snapshot);
        }
    }

    private Webhook[] Build(CacheSnapshot snapshot)
    {
        lock (_building)
        {
            Webhook[] webhooks = [.. snapshot.Objects.Values.SelectMany(_compiled.Of)];
            _built = new Built(snapshot, webhooks);
            clients.Retain(webhooks.Select(w => w.Client).ToHashSet());
            return webhooks;
        }
    }

    private sealed record Built(CacheSnapshot? Snapshot, Webhook[] Webhooks);
}
