using Microsoft.Extensions.Logging;
using Xebec.Api.Coordination.V1;
using Xebec.Api.Meta.V1;
using Xebec.Client;

namespace Xebec.Kubelet.Nodes;

/// <summary>The node's heartbeat: a lease in kube-node-lease, renewed every ten seconds (KEP-589).</summary>
internal sealed class NodeLease(ApiClient client, KubeletOptions options, Func<string> nodeUid, TimeProvider time, ILogger logger)
{
    private const string LeaseNamespace = "kube-node-lease";
    private const int LeaseDurationSeconds = 40;
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);
    private Lease? _lease;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var wait = options.LeaseRenewPeriod;
            try
            {
                _lease = await RenewAsync(cancellation);
            }
            catch (Exception e) when (e is ApiErrorException or HttpRequestException or TimeoutException)
            {
                KubeletLog.NodeUpdateFailed(logger, options.NodeName, e.Message);
                _lease = null;
                wait = RetryPeriod;
            }

            await Task.Delay(wait, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Lease> RenewAsync(CancellationToken cancellation)
    {
        var lease = _lease ?? await FindAsync(cancellation);
        if (lease is null)
            return await client.CreateAsync(NewLease(), cancellation: cancellation);
        lease.Spec.HolderIdentity = options.NodeName;
        lease.Spec.LeaseDurationSeconds = LeaseDurationSeconds;
        lease.Spec.RenewTime = time.GetUtcNow();
        return await client.UpdateAsync(lease, cancellation: cancellation);
    }

    private async Task<Lease?> FindAsync(CancellationToken cancellation)
    {
        try
        {
            return await client.GetAsync<Lease>(LeaseNamespace, options.NodeName, cancellation);
        }
        catch (ApiErrorException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    private Lease NewLease()
    {
        var lease = new Lease();
        lease.Metadata.Name = options.NodeName;
        lease.Metadata.Namespace = LeaseNamespace;
        lease.Metadata.OwnerReferences =
            [new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = options.NodeName, Uid = nodeUid() }];
        lease.Spec.HolderIdentity = options.NodeName;
        lease.Spec.LeaseDurationSeconds = LeaseDurationSeconds;
        lease.Spec.RenewTime = time.GetUtcNow();
        return lease;
    }
}
