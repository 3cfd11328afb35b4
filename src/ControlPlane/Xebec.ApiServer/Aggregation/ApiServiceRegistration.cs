using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Aggregation;

/// <summary>
/// Keeps an APIService for every group and version served here (upstream's autoregister controller): those of built-in groups are made at
/// the start, those of CustomResourceDefinitions come and go with them. All of them are available.
/// </summary>
internal sealed partial class ApiServiceRegistration(
    ResourceWriter writer, ResourceDeleter deleter, ResourceCatalog catalog, TimeProvider time, ILogger<ApiServiceRegistration> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly ServedResource _services = catalog.Find(ApiServiceObjects.Group, "v1", "apiservices")!;
    private bool _started;

    /// <summary>Follows the catalog and the APIServices until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var changed = new Wakeup();
        _services.Cache.Watchers.Add(changed);
        catalog.Changed += changed.Signal;
        using var stop = cancellationToken.Register(changed.Signal);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await TryAsync(cancellationToken))
                await changed.WaitAsync();
            else
                await Task.Delay(RetryAfter, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        catalog.Changed -= changed.Signal;
        _services.Cache.Watchers.Remove(changed);
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var custom = catalog.All.Where(r => r.IsCustom).Select(r => r.Info.GroupVersion).ToHashSet();
            var wanted = catalog.All.Where(r => !r.IsCustom && !_started).Select(r => r.Info.GroupVersion).Concat(custom).Distinct();
            await Task.WhenAll(wanted.Select(v => EnsureAsync(v, custom.Contains(v), cancellationToken)));
            _started = true;
            await Task.WhenAll(_services.Cache.Snapshot.Ordered.Select(o => KeepAsync(o.ToTree(), custom, cancellationToken)));
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task EnsureAsync(GroupVersion version, bool isCustom, CancellationToken cancellationToken)
    {
        var request = Request(ApiServiceObjects.Name(version), "");
        var wanted = ApiServiceObjects.Local(version, isCustom);
        try
        {
            if (writer.Find(request)?.ToTree() is not { } stored)
                await writer.CreateAsync(request, wanted, cancellationToken);
            else if (isCustom && Manages(stored) && !wanted["spec"]!.DeepEquals(stored["spec"]))
                await writer.UpdateAsync(request, tree => With(tree, wanted["spec"]!), cancellationToken);
        }
        catch (ApiException e) when (e.Reason is StatusReason.AlreadyExists or StatusReason.Conflict or StatusReason.NotFound)
        {
            // Somebody else was at it, which wakes this again.
        }
    }

    private async Task KeepAsync(ObjectValue stored, HashSet<GroupVersion> custom, CancellationToken cancellationToken)
    {
        var spec = stored.GetObject("spec");
        if (spec?.GetObject("service") is not null)
            return;
        var name = stored.GetObject("metadata")!.GetString("name")!;
        try
        {
            if (Manages(stored) && !custom.Contains(new GroupVersion(spec?.GetString("group") ?? "", spec?.GetString("version") ?? "")))
                await deleter.DeleteAsync(Request(name, ""), new DeleteRequest(), cancellationToken);
            else if (Local(stored) is not null)
                await writer.UpdateAsync(Request(name, "status"), tree => Local(tree) ?? tree, cancellationToken);
        }
        catch (ApiException e) when (e.Reason is StatusReason.Conflict or StatusReason.NotFound)
        {
            // Written or deleted meanwhile, which wakes this again.
        }
    }

    private ObjectValue? Local(ObjectValue tree) => ApiServiceObjects.WithCondition(
        tree, "True", "Local", "Local APIServices are always available", ObjectMetadata.Timestamp(time.GetUtcNow()));

    private static bool Manages(ObjectValue tree) =>
        tree.GetObject("metadata")?.GetObject("labels")?.GetString(ApiServiceObjects.ManagedLabel) == "true";

    private static ObjectValue With(ObjectValue tree, Value spec)
    {
        tree["spec"] = spec.DeepClone();
        return tree;
    }

    private WriteRequest Request(string name, string subresource) => new()
    {
        Resource = _services, Namespace = "", Name = name, Subresource = subresource, User = UserInfo.Self, FieldManager = "kube-apiserver",
    };

    [LoggerMessage(EventId = 1400, Level = LogLevel.Warning, Message = "Registering APIServices failed; trying again")]
    private partial void LogFailed(Exception exception);
}
