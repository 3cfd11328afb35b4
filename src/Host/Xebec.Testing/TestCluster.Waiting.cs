using System.Text;
using Xebec.Api;
using Xebec.Client;

namespace Xebec.Testing;

/// <content>Waiting for what controllers do: by list and watch, never by looking again and again.</content>
public sealed partial class TestCluster
{
    private static readonly TimeSpan SettleRound = TimeSpan.FromMilliseconds(1);
    private const int MostSettleRounds = 50;

    /// <summary>The object as soon as it exists and, when a condition is given, meets it; ns is empty for cluster-scoped kinds.</summary>
    /// <exception cref="TimeoutException">It did not in time; the message has the object as it was last.</exception>
    public async Task<T> WaitForAsync<T>(
        string ns, string name, Func<T, bool>? condition = null, TimeSpan? patience = null, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<T>
    {
        T? found = null;
        await WaitUntilAsync<T>(
            ns, $"metadata.name={name}", items => (found = items.Find(condition is null ? _ => true : new(condition))) is not null,
            $"{T.Resource.Kind} {ns}/{name} {(condition is null ? "does not exist" : "is not as wanted")}", patience, cancellationToken);
        return found!;
    }

    /// <summary>Done when there is no such object.</summary>
    /// <exception cref="TimeoutException">It is still there; the message has the object as it was last.</exception>
    public Task WaitForDeletionAsync<T>(string ns, string name, TimeSpan? patience = null, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<T> =>
        WaitUntilAsync<T>(
            ns, $"metadata.name={name}", items => items.Count == 0, $"{T.Resource.Kind} {ns}/{name} is still there", patience, cancellationToken);

    /// <summary>All objects of a namespace (of all when ns is empty) as soon as they are as wanted together.</summary>
    /// <exception cref="TimeoutException">They were not in time; the message has them as they were last.</exception>
    public async Task<IReadOnlyList<T>> WaitForAllAsync<T>(
        string ns, Func<IReadOnlyList<T>, bool> condition, TimeSpan? patience = null, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<T>
    {
        IReadOnlyList<T> found = [];
        await WaitUntilAsync<T>(
            ns, "", items => condition(found = [.. items]), $"{T.Resource.Plural} of \"{ns}\" are not as wanted", patience, cancellationToken);
        return found;
    }

    private async Task WaitUntilAsync<T>(
        string ns, string fieldSelector, Func<List<T>, bool> condition, string complaint, TimeSpan? patience, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        using var timeout = new CancellationTokenSource(patience ?? _options.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        List<T> items = [];
        try
        {
            while (!await WatchAsync(ns, fieldSelector, items, condition, either.Token))
            {
                // The server ended the watch: list and watch again.
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{complaint}; last seen: {Text(items)}", e);
        }
    }

    private async Task<bool> WatchAsync<T>(
        string ns, string fieldSelector, List<T> items, Func<List<T>, bool> condition, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<T>
    {
        var list = await Client().ListAsync<T>(ns, new ListOptions { FieldSelector = fieldSelector }, cancellationToken);
        items.Clear();
        items.AddRange(list.Items);
        if (condition(items))
            return true;
        var options = new WatchOptions { FieldSelector = fieldSelector, ResourceVersion = list.ResourceVersion };
        await foreach (var change in Client().WatchAsync<T>(ns, options, cancellationToken))
        {
            if (change.Object is not { } obj)
                return false;
            items.RemoveAll(i => NamespacedName.Of(i) == NamespacedName.Of(obj));
            if (change.Type != WatchEventType.Deleted)
                items.Add(obj);
            if (condition(items))
                return true;
        }

        return false;
    }

    private static string Text<T>(List<T> items)
        where T : class, IKubernetesObject<T> =>
        items.Count == 0 ? "nothing" : string.Join('\n', items.Select(i => Encoding.UTF8.GetString(ApiJson.Serialize(i))));

    /// <summary>Waits, briefly and by the machine's clock, until nothing is at work and nothing has been written for a moment.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var revision = -1L;
        for (var round = 0; round < MostSettleRounds; round++)
        {
            await Task.Delay(SettleRound, TimeProvider.System, cancellationToken);
            var now = await _store.GetCurrentRevisionAsync(cancellationToken);
            if (now == revision && ThreadPool.PendingWorkItemCount == 0)
                return;
            revision = now;
        }
    }
}
