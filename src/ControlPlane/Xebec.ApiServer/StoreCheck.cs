using Xebec.ComponentBase.Health;
using Xebec.Store;

namespace Xebec.ApiServer;

/// <summary>The health check that the store answers, under the names upstream's checks of etcd have.</summary>
internal static class StoreCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A check that reads one key.</summary>
    public static HealthCheck Create(string name, IStore store, TimeProvider time) => new(name, async cancellationToken =>
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await store.GetAsync("/registry/health", cancellationToken: either.Token);
        return null;
    });
}
