using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Registry.Rbac;

/// <summary>Keeps the rules of aggregated ClusterRoles equal to those of the roles they select (upstream's aggregation controller).</summary>
internal sealed partial class ClusterRoleAggregation(ResourceWriter writer, ResourceCatalog catalog, TimeProvider time, ILogger<ClusterRoleAggregation> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly DerivedFacts<ObjectValue> _trees = new(item => item.ToTree());

    /// <summary>Follows the ClusterRoles until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var roles = catalog.Find("rbac.authorization.k8s.io", "v1", "clusterroles")!;
        var changed = new Wakeup();
        roles.Cache.Watchers.Add(changed);
        using var stop = cancellationToken.Register(changed.Signal);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!await ReconcileAsync(roles, cancellationToken))
                await Task.Delay(RetryAfter, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else
                await changed.WaitAsync();
        }

        roles.Cache.Watchers.Remove(changed);
    }

    /// <summary>The rules of every selected role, each rule once, in the order of the roles' names.</summary>
    public static ListValue Aggregate(ObjectValue aggregated, IEnumerable<(string Name, IReadOnlyDictionary<string, string> Labels, ObjectValue Tree)> roles)
    {
        var own = aggregated.GetObject("metadata")?.GetString("name");
        var rules = new ListValue();
        var selectors = aggregated.GetObject("aggregationRule")?.GetList("clusterRoleSelectors") ?? [];
        foreach (var selector in selectors.Select(s => LabelSelector.FromTree(s.AsObject())))
        {
            foreach (var role in roles.Where(r => r.Name != own && selector.Matches(r.Labels)).OrderBy(r => r.Name, StringComparer.Ordinal))
            {
                foreach (var rule in (role.Tree.GetList("rules") ?? []).Where(rule => !rules.Any(r => r.DeepEquals(rule))).ToArray())
                    rules.Add(rule.DeepClone());
            }
        }

        return rules;
    }

    private async Task<bool> ReconcileAsync(ServedResource resource, CancellationToken cancellationToken)
    {
        var roles = resource.Cache.Snapshot.Ordered.Select(r => (r.Facts.Name, r.Facts.Labels, Tree: _trees.Of(r))).ToArray();
        try
        {
            foreach (var (name, _, tree) in roles.Where(r => r.Tree.GetObject("aggregationRule") is not null))
            {
                var rules = Aggregate(tree, roles);
                if (rules.DeepEquals(tree.GetList("rules") ?? new ListValue()))
                    continue;
                var request = new WriteRequest
                {
                    Resource = resource, Namespace = "", Name = name, User = UserInfo.Self, FieldManager = "clusterrole-aggregation-controller",
                };
                await writer.UpdateAsync(request, stored => With(stored, rules), cancellationToken);
            }

            return true;
        }
        catch (Exception e) when (e is ApiException or Store.StoreUnavailableException)
        {
            LogFailed(e);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static ObjectValue With(ObjectValue role, ListValue rules)
    {
        role["rules"] = rules.DeepClone();
        return role;
    }

    [LoggerMessage(EventId = 1200, Level = LogLevel.Warning, Message = "Aggregating ClusterRoles failed; trying again")]
    private partial void LogFailed(Exception exception);
}
