using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>Shows in each quota's status what is used of it. Sleeps while there are no quotas; else looks whenever something changed.</summary>
internal sealed partial class ResourceQuotaStatus(AdmissionParts parts, QuotaLedger ledger, ILogger<ResourceQuotaStatus> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly DerivedFacts<QuotaFacts> _quotas = new(QuotaFacts.Read);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var quotas = parts.Catalog.Find("", "v1", "resourcequotas")!;
        var changed = new Wakeup();
        quotas.Cache.Watchers.Add(changed);
        using var stop = cancellationToken.Register(changed.Signal);
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = parts.Caches.Advanced.Next;
            await ReconcileAsync(quotas, cancellationToken);
            if (quotas.Cache.Snapshot.Objects.IsEmpty)
            {
                await changed.WaitAsync();
                continue;
            }

            await next.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Pause, parts.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        quotas.Cache.Watchers.Remove(changed);
    }

    private async Task ReconcileAsync(ServedResource resource, CancellationToken cancellationToken)
    {
        foreach (var quota in resource.Cache.Snapshot.Ordered)
        {
            var status = Status(_quotas.Of(quota));
            if (status.DeepEquals(quota.ToTree()["status"]))
                continue;
            var request = new WriteRequest
            {
                Resource = resource, Namespace = quota.Facts.Namespace, Name = quota.Facts.Name, Subresource = "status",
                User = UserInfo.Self, FieldManager = "kube-controller-manager",
            };
            try
            {
                await parts.Writer().UpdateAsync(request, stored => With(stored, status), cancellationToken);
            }
            catch (Exception e) when (e is ApiException or Store.StoreUnavailableException or OperationCanceledException)
            {
                LogFailed(e);
            }
        }
    }

    private ObjectValue Status(QuotaFacts quota)
    {
        var (hard, used) = (new ObjectValue(), new ObjectValue());
        var amounts = ledger.Used(quota);
        foreach (var name in quota.Hard.Keys.Order(StringComparer.Ordinal))
        {
            hard[name] = quota.Hard[name].ToString();
            used[name] = amounts[name].ToString();
        }

        return new ObjectValue { { "hard", hard }, { "used", used } };
    }

    private static ObjectValue With(ObjectValue quota, ObjectValue status)
    {
        quota["status"] = status.DeepClone();
        return quota;
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Information, Message = "A quota's status was not updated; trying again")]
    private partial void LogFailed(Exception exception);
}
