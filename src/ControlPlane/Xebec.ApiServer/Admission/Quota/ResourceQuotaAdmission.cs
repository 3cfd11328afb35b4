using System.Collections.Concurrent;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Quota;

/// <summary>Refuses what would exceed a namespace's ResourceQuotas; last of all plugins, so that nothing is counted that others refuse.</summary>
internal sealed class ResourceQuotaAdmission(AdmissionParts parts, QuotaLedger ledger) : IAdmissionPlugin
{
    private readonly DerivedFacts<QuotaFacts> _quotas = new(QuotaFacts.Read);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "ResourceQuota";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.IsResize || (request.Resource.Namespaced && request.Subresource.Length == 0 && (request.Operation == AdmissionOperation.Create ||
        (request.Operation == AdmissionOperation.Update && (request.Is("", "services") || request.Is("", "persistentvolumeclaims")))));

    /// <inheritdoc/>
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (parts.List("", "resourcequotas", request.Namespace).IsEmpty)
            return;
        var turn = _turns.GetOrAdd(request.Namespace, static _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            await parts.Caches.WaitUntilFreshAsync(cancellationToken);
            Admit(request);
        }
        finally
        {
            turn.Release();
        }
    }

    private void Admit(AdmissionRequest request)
    {
        var (group, plural) = (request.Resource.GroupVersion.Group, request.Resource.Plural);
        var item = QuotaItem.Of(group, plural, request.Object!);
        var before = request.OldObject is { } old ? QuotaItem.Of(group, plural, old) : null;
        foreach (var quota in Quotas(request.Namespace).Where(q => q.Counts(item)))
            Check(request, quota, item, before);
        if (request.DryRun)
            return;
        // What an update adds counts too until it is seen: many at once must not pass on the same remainder.
        var counted = before is null ? item : item with { Usage = Growth(item, before) };
        if (counted.Usage.Count == 0)
            return;
        var reservation = ledger.Reserve(request.Namespace, request.Name, counted, request.OldObject);
        request.OnStored.Add(revision => reservation.StoredRevision = revision);
        request.OnFailure.Add(() =>
        {
            ledger.Release(reservation);
            return ValueTask.CompletedTask;
        });
    }

    private List<QuotaFacts> Quotas(string ns)
    {
        var found = new List<QuotaFacts>();
        foreach (var quota in parts.List("", "resourcequotas", ns))
            found.Add(_quotas.Of(quota));
        return found;
    }

    private void Check(AdmissionRequest request, QuotaFacts quota, QuotaItem item, QuotaItem? before)
    {
        if (item.IsPod && QuotaConstraints.Missing(quota, item.Tree) is { Length: > 0 } missing)
            throw Denied.Because(request, $"failed quota: {quota.Name}: must specify {missing}");
        var growth = before is null ? item.Usage : Growth(item, before);
        var asked = quota.Limited(item with { Usage = growth }).Where(u => u.Value.Value > 0).ToDictionary(StringComparer.Ordinal);
        if (asked.Count == 0)
            return;
        var used = ledger.Used(quota);
        var exceeded = asked.Keys.Where(k => used[k] + asked[k] > quota.Hard[k]).Order(StringComparer.Ordinal).ToArray();
        if (exceeded.Length > 0)
        {
            throw Denied.Because(
                request,
                $"exceeded quota: {quota.Name}, requested: {Show(exceeded, asked)}, used: {Show(exceeded, used)}, limited: {Show(exceeded, quota.Hard)}");
        }
    }

    private static Dictionary<string, Quantity> Growth(QuotaItem item, QuotaItem before) => item.Usage
        .Select(u => KeyValuePair.Create(u.Key, before.Usage.TryGetValue(u.Key, out var had) ? u.Value - had : u.Value))
        .Where(u => u.Value.Value > 0).ToDictionary(StringComparer.Ordinal);

    private static string Show(string[] names, IReadOnlyDictionary<string, Quantity> amounts) =>
        string.Join(',', names.Select(n => $"{n}={amounts[n]}"));
}
