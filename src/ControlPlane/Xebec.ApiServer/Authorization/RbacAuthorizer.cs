using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;
using Xebec.Store;

namespace Xebec.ApiServer.Authorization;

/// <summary>Role-based access control over the cached roles and bindings. The group system:masters may do everything.</summary>
internal sealed class RbacAuthorizer : IAuthorizer
{
    /// <summary>The group that needs no roles.</summary>
    public const string Masters = "system:masters";

    private readonly ServedResource[] _resources;
    private readonly CacheSet _caches;
    private readonly DerivedFacts<RoleRule[]> _roles = new(role => RoleRule.AllOf(role.ToTree()));
    private readonly DerivedFacts<BindingFacts> _bindings = new(BindingFacts.Read);
    private readonly Lock _building = new();
    private volatile BuiltIndex _built;

    public RbacAuthorizer(ResourceCatalog catalog, CacheSet caches)
    {
        _caches = caches;
        _resources =
        [
            .. new[] { "roles", "clusterroles", "rolebindings", "clusterrolebindings" }.Select(p => catalog.Find("rbac.authorization.k8s.io", "v1", p)!),
        ];
        _built = Build();
    }

    /// <summary>The index of the roles and bindings as they are now (or, while another thread renews it, as they just were).</summary>
    public RbacIndex Index
    {
        get
        {
            var built = _built;
            if (IsCurrent(built) || !_building.TryEnter())
                return built.Index;
            try
            {
                return Renewed();
            }
            finally
            {
                _building.Exit();
            }
        }
    }

    /// <inheritdoc/>
    public AuthorizationDecision Authorize(AuthorizationAttributes attributes)
    {
        foreach (var group in attributes.User.Groups)
        {
            if (group == Masters)
                return new AuthorizationDecision(true, "");
        }

        if (Find(attributes) is { } grant)
            return new AuthorizationDecision(true, grant.Reason);
        return new AuthorizationDecision(false, string.Join(", ", MissingRoles(attributes.User, attributes.Namespace)));
    }

    /// <inheritdoc/>
    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        var built = _built;
        var decision = Authorize(attributes);
        return decision.Allowed ? ValueTask.FromResult(decision) : RefuseAsync(decision, built, attributes, cancellationToken);
    }

    /// <summary>Waits until what is asked next counts every role and binding written so far.</summary>
    public async ValueTask WaitUntilFreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _caches.WaitUntilFreshAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // What was known last has to do.
        }
    }

    /// <summary>The rules of a user that count in a namespace.</summary>
    public IEnumerable<RoleRule> RulesOf(UserInfo user, string ns) => Newest().GrantsOf(user, ns).SelectMany(g => g.Rules);

    /// <summary>The rules of a role; the namespace is empty for ClusterRoles. Null when there is none.</summary>
    public RoleRule[]? FindRole(string ns, string name)
    {
        var resource = _resources[ns.Length == 0 ? 1 : 0];
        return resource.Cache.Snapshot.Objects.TryGetValue(resource.Key(ns, name), out var role) ? _roles.Of(role) : null;
    }

    /// <summary>What is wrong with the bindings of a user that count in a namespace: their roles are not there.</summary>
    public IEnumerable<string> MissingRoles(UserInfo user, string ns) =>
        Index.GrantsOf(user, ns).Where(g => g.Rules.Length == 0 && g.Reason.EndsWith(" not found", StringComparison.Ordinal))
            .Select(g => g.Reason).Distinct();

    // Who was just given a right has it: a refusal has to know every write that was answered before the request came.
    private async ValueTask<AuthorizationDecision> RefuseAsync(
        AuthorizationDecision refusal, BuiltIndex built, AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        await WaitUntilFreshAsync(cancellationToken);
        return IsCurrent(built) ? refusal : Authorize(attributes);
    }

    // An index that another thread is renewing may grant, but not refuse: it may be of a moment ago.
    private Grant? Find(AuthorizationAttributes attributes)
    {
        var index = Index;
        if (index.Find(attributes) is { } grant)
            return grant;
        var newest = Newest();
        return ReferenceEquals(newest, index) ? null : newest.Find(attributes);
    }

    private RbacIndex Newest()
    {
        var built = _built;
        if (IsCurrent(built))
            return built.Index;
        lock (_building)
            return Renewed();
    }

    private RbacIndex Renewed() => IsCurrent(_built) ? _built.Index : (_built = Build()).Index;

    private bool IsCurrent(BuiltIndex built)
    {
        for (var i = 0; i < _resources.Length; i++)
        {
            if (!ReferenceEquals(_resources[i].Cache.Snapshot, built.Snapshots[i]))
                return false;
        }

        return true;
    }

    private BuiltIndex Build()
    {
        var snapshots = Array.ConvertAll(_resources, r => r.Cache.Snapshot);
        var bindings = snapshots[3].Ordered.Concat(snapshots[2].Ordered).Select(_bindings.Of);
        return new BuiltIndex(new RbacIndex(bindings, Find), snapshots);

        RoleRule[]? Find(string ns, string name)
        {
            var kind = ns.Length == 0 ? 1 : 0;
            return snapshots[kind].Objects.TryGetValue(_resources[kind].Key(ns, name), out var role) ? _roles.Of(role) : null;
        }
    }

    private sealed record BuiltIndex(RbacIndex Index, CacheSnapshot[] Snapshots);
}
