using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Authorization;

/// <summary>
/// Nobody grants rights that they do not have: roles need the rules they contain (or the verb escalate), bindings those of the role they
/// refer to (or the verb bind).
/// </summary>
internal sealed class RoleEscalation(RbacAuthorizer rbac, IAuthorizer authorizer, ResourceCatalog catalog) : IAdmissionPlugin
{
    private const string Group = "rbac.authorization.k8s.io";
    private static readonly RoleRule[] Everything = [new(["*"], ["*"], ["*"], [], []), new(["*"], [], [], [], ["*"])];

    /// <inheritdoc/>
    public string Name => "RoleEscalation";

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Resource.GroupVersion.Group == Group &&
        !request.User.Groups.Contains(RbacAuthorizer.Masters);

    /// <inheritdoc/>
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.OldObject is { } old && IsSameBesidesOwners(request.Object!, old))
            return;

        // The role that is bound may have been written by the request before.
        await rbac.WaitUntilFreshAsync(cancellationToken);
        if (request.Resource.Plural is "roles" or "clusterroles")
            CheckRole(request);
        else
            CheckBinding(request);
    }

    private void CheckRole(AdmissionRequest request)
    {
        if (May(request, "escalate", request.Resource.Plural, request.Name))
            return;
        Check(request, RoleRule.AllOf(request.Object!));
        if (request.Object!.GetObject("aggregationRule") is null)
            return;
        if (Missing(request, Everything).Count > 0)
            throw Denied.Because(request, "must have cluster-admin privileges to use the aggregationRule");
    }

    private void CheckBinding(AdmissionRequest request)
    {
        var role = request.Object!.GetObject("roleRef");
        var (isCluster, name) = (role?.GetString("kind") == "ClusterRole", role?.GetString("name") ?? "");
        var plural = isCluster ? "clusterroles" : "roles";
        if (May(request, "bind", plural, name))
            return;
        var rules = rbac.FindRole(isCluster ? "" : request.Namespace, name)
            ?? throw ApiErrors.NotFound(catalog.Find(Group, "v1", plural)!.Info, name);
        Check(request, rules);
    }

    private bool May(AdmissionRequest request, string verb, string plural, string name) => authorizer.Authorize(new AuthorizationAttributes
    {
        User = request.User,
        Verb = verb,
        IsResourceRequest = true,
        Group = Group,
        Version = "v1",
        Resource = plural,
        Namespace = request.Namespace,
        Name = name,
    }).Allowed;

    private void Check(AdmissionRequest request, IReadOnlyList<RoleRule> rules)
    {
        var missing = Missing(request, rules);
        if (missing.Count > 0)
            throw Denied.Because(request, Message(request.User, missing));
    }

    private IReadOnlyList<RoleRule> Missing(AdmissionRequest request, IEnumerable<RoleRule> rules) =>
        RuleCoverage.Uncovered([.. rbac.RulesOf(request.User, request.Namespace)], rules);

    private static string Message(UserInfo user, IReadOnlyList<RoleRule> missing)
    {
        var lines = missing.Select(RuleText.Of).Order(StringComparer.Ordinal);
        return $"user {GoText.Quote(user.Name)} (groups={RuleText.List(user.Groups)}) is attempting to grant RBAC permissions not currently " +
            $"held:\n{string.Join('\n', lines)}";
    }

    // The garbage collector may edit owners and finalizers of roles that it could not grant.
    private static bool IsSameBesidesOwners(ObjectValue updated, ObjectValue old)
    {
        var (left, right) = (WithoutOwners(updated), WithoutOwners(old));
        return left.DeepEquals(right);
    }

    private static ObjectValue WithoutOwners(ObjectValue item)
    {
        var copy = (ObjectValue)item.DeepClone();
        var metadata = copy.GetOrAddObject("metadata");
        foreach (var name in new[] { "ownerReferences", "finalizers", "managedFields", "resourceVersion" })
            metadata.Remove(name);
        return copy;
    }
}
