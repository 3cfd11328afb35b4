using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.CustomResources;

/// <summary>
/// Follows the CustomResourceDefinitions: accepts their names, serves them, and deletes their instances before they go (upstream's
/// naming, establishing, approval and finalizing controllers, and its dynamic handler).
/// </summary>
internal sealed partial class DefinitionController(
    ResourceWriter writer, ResourceDeleter deleter, ResourceCatalog catalog, CacheSet caches, ConversionWebhooks conversions, TimeProvider time,
    ILogger<DefinitionController> logger) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly CustomResourceServing _serving = new(catalog, caches, conversions);
    private readonly Dictionary<string, (CachedObject Item, Definition Definition)> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unfinished = new(StringComparer.Ordinal);
    private readonly HashSet<ResourceCache> _emptying = [];
    private readonly Wakeup _changed = new();

    private ServedResource Definitions => catalog.Find("apiextensions.k8s.io", "v1", "customresourcedefinitions")!;

    /// <summary>Serves what was established before the server started.</summary>
    public void ServeStored()
    {
        foreach (var item in Definitions.Cache.Snapshot.Ordered)
        {
            var tree = item.ToTree();
            var definition = Definition.Read(tree);
            if (definition.IsEstablished)
                _serving.Serve(definition, tree);
        }
    }

    /// <summary>Follows the definitions until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var definitions = Definitions;
        definitions.Cache.Watchers.Add(_changed);
        using var stop = cancellationToken.Register(_changed.Signal);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!await ReconcileAsync(definitions, cancellationToken))
                await Task.Delay(RetryAfter, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else
                await _changed.WaitAsync();
        }

        definitions.Cache.Watchers.Remove(_changed);
    }

    private async Task<bool> ReconcileAsync(ServedResource definitions, CancellationToken cancellationToken)
    {
        try
        {
            var present = definitions.Cache.Snapshot;
            Forget(present);
            var done = true;
            foreach (var item in present.Ordered)
            {
                if (_unfinished.Contains(item.Key) || !_known.TryGetValue(item.Key, out var known) || known.Item != item || known.Definition.WaitsForCleanup)
                    done &= await TryReconcileAsync(definitions, item, cancellationToken);
            }

            return done;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    // One that fails keeps no other waiting, and is looked at again although it did not change.
    private async Task<bool> TryReconcileAsync(ServedResource definitions, CachedObject item, CancellationToken cancellationToken)
    {
        _unfinished.Add(item.Key);
        try
        {
            await ReconcileAsync(definitions, item, cancellationToken);
            return _unfinished.Remove(item.Key);
        }
        catch (Exception e) when (e is ApiException or Store.StoreUnavailableException)
        {
            LogFailed(e);
            return false;
        }
    }

    // What is gone may have freed a name that others wait for, so those are looked at again.
    private void Forget(CacheSnapshot present)
    {
        var gone = _known.Where(k => !present.Objects.ContainsKey(k.Key)).ToArray();
        foreach (var (key, (_, definition)) in gone)
        {
            _known.Remove(key);
            _unfinished.Remove(key);
            _serving.Remove(definition.Name);
        }

        foreach (var (key, _) in gone.Length == 0 ? [] : _known.Where(k => !k.Value.Definition.IsEstablished).ToArray())
            _known.Remove(key);
    }

    private async Task ReconcileAsync(ServedResource definitions, CachedObject item, CancellationToken cancellationToken)
    {
        var tree = item.ToTree();
        var others = _known.Values.Where(k => k.Item.Key != item.Key).Select(k => k.Definition).ToArray();
        var isChanged = DefinitionStatus.Update(tree, others, ObjectMetadata.Timestamp(time.GetUtcNow()));
        var definition = Definition.Read(tree);

        // Served first: whoever sees that it is established can use it.
        if (definition.IsEstablished)
            _serving.Serve(definition, tree);
        _known[item.Key] = (item, definition);
        if (isChanged)
            await WriteAsync(definitions, definition.Name, stored => WithStatus(stored, tree), cancellationToken);
        if (definition.WaitsForCleanup)
            await CleanUpAsync(definitions, definition, cancellationToken);
    }

    private static ObjectValue WithStatus(ObjectValue stored, ObjectValue tree)
    {
        var versions = stored.GetObject("status")?["storedVersions"];
        stored["status"] = tree["status"]!.DeepClone();
        stored.GetObject("status")!["storedVersions"] = versions;
        return stored;
    }

    private async Task CleanUpAsync(ServedResource definitions, Definition definition, CancellationToken cancellationToken)
    {
        if (_serving.Find(definition.Name) is { } resource)
        {
            if (_emptying.Add(resource.Cache))
                resource.Cache.Watchers.Add(_changed);
            var remain = await InstanceCleanup.RunAsync(resource, deleter, caches, cancellationToken);
            if (remain)
            {
                await WriteAsync(definitions, definition.Name, MarkInProgress, cancellationToken);
                return;
            }

            _emptying.Remove(resource.Cache);
            resource.Cache.Watchers.Remove(_changed);
        }

        // Not served any more first: whoever sees that the definition is gone finds nothing of it.
        if (definition.IsOnlyHeldByCleanup)
            _serving.Remove(definition.Name);
        await WriteAsync(definitions, definition.Name, tree => MarkEmptied(tree, definition.IsEstablished), cancellationToken);
        await caches.WaitUntilFreshAsync(cancellationToken);
    }

    private ObjectValue MarkInProgress(ObjectValue tree)
    {
        DefinitionConditions.Set(
            tree, "Terminating", true, "InstanceDeletionInProgress", "CustomResource deletion is in progress", ObjectMetadata.Timestamp(time.GetUtcNow()));
        return tree;
    }

    private ObjectValue MarkEmptied(ObjectValue tree, bool wasEstablished)
    {
        var metadata = tree.GetObject("metadata")!;
        var kept = new ListValue((metadata.GetList("finalizers") ?? []).Where(f => f.AsString() != DefinitionStrategy.Finalizer));
        metadata["finalizers"] = kept.Count > 0 ? kept : null;
        var (reason, message) = wasEstablished
            ? ("InstanceDeletionCompleted", "removed all instances")
            : ("NeverEstablished", "resource was never established");
        DefinitionConditions.Set(tree, "Terminating", false, reason, message, ObjectMetadata.Timestamp(time.GetUtcNow()));
        return tree;
    }

    private async Task WriteAsync(
        ServedResource definitions, string name, Func<ObjectValue, ObjectValue> change, CancellationToken cancellationToken)
    {
        var request = new WriteRequest
        {
            Resource = definitions, Namespace = "", Name = name, Subresource = "status", User = UserInfo.Self, FieldManager = "kube-apiserver",
        };
        try
        {
            await writer.UpdateAsync(request, change, cancellationToken);
        }
        catch (ApiException e) when (e.Code == 404)
        {
            // Gone in the meantime, which the cache tells next.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _serving.Dispose();

    [LoggerMessage(EventId = 1500, Level = LogLevel.Warning, Message = "Following CustomResourceDefinitions failed; trying again")]
    private partial void LogFailed(Exception exception);
}
