using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Admission.Optional;

/// <summary>
/// Who changes an object's owners needs the right to delete it (its owners may), and who makes an owner wait for it the right to set the
/// owner's finalizers.
/// </summary>
internal sealed class OwnerReferencesPermissionEnforcement(AdmissionParts parts) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public string Name => "OwnerReferencesPermissionEnforcement";

    /// <inheritdoc/>
    public bool IsOnByDefault => false;

    /// <inheritdoc/>
    public bool Handles(AdmissionRequest request) =>
        request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && !(request.Resource.Plural == "pods" && request.Subresource == "status");

    /// <inheritdoc/>
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var (now, before) = (Owners(request.Object), Owners(request.OldObject));
        if (now.Length == before.Length && now.Zip(before).All(pair => pair.First.DeepEquals(pair.Second)))
            return;
        if (request.Operation == AdmissionOperation.Update && await WhyNotAsync(Delete(request), cancellationToken) is { } why)
            throw Denied.Because(request, $"cannot set an ownerRef on a resource you can't delete: {why}, <nil>");
        foreach (var owner in now.Where(o => Blocks(o) && !before.Any(b => Blocks(b) && b.GetString("uid") == o.GetString("uid"))))
            await CheckBlockAsync(request, owner, cancellationToken);
    }

    private async ValueTask CheckBlockAsync(AdmissionRequest request, ObjectValue owner, CancellationToken cancellationToken)
    {
        const string Refusal = "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: ";
        _ = GroupVersion.TryParse(owner.GetString("apiVersion") ?? "", out var groupVersion);
        if (parts.Catalog.FindKind(groupVersion, owner.GetString("kind") ?? "") is not { } resource)
        {
            var kind = $"{groupVersion.Group}/{groupVersion.Version}, Kind={owner.GetString("kind")}";
            throw Denied.Because(request, $"cannot set blockOwnerDeletion in this case because cannot find RESTMapping for {kind}");
        }

        var update = Attributes(request, resource.Info, "update", owner.GetString("name") ?? "", "finalizers") with
        {
            Namespace = resource.Info.Namespaced ? request.Namespace : "",
        };
        if (await WhyNotAsync(update, cancellationToken) is { } why)
            throw Denied.Because(request, $"{Refusal}{why}, <nil>");
    }

    // Null when it is allowed.
    private async ValueTask<string?> WhyNotAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken)
    {
        var decision = await parts.Authorizer.AuthorizeAsync(attributes, cancellationToken);
        return decision.Allowed ? null : decision.Reason;
    }

    private static AuthorizationAttributes Delete(AdmissionRequest request) => Attributes(request, request.Resource, "delete", request.Name, "");

    private static AuthorizationAttributes Attributes(AdmissionRequest request, ResourceInfo resource, string verb, string name, string subresource) => new()
    {
        User = request.User,
        Verb = verb,
        IsResourceRequest = true,
        Group = resource.GroupVersion.Group,
        Version = resource.GroupVersion.Version,
        Resource = resource.Plural,
        Subresource = subresource,
        Namespace = request.Namespace,
        Name = name,
    };

    private static bool Blocks(ObjectValue owner) => owner["blockOwnerDeletion"]?.AsBool() == true;

    private static ObjectValue[] Owners(ObjectValue? item) =>
        item?.GetObject("metadata")?.GetList("ownerReferences") is { } owners ? [.. owners.OfType<ObjectValue>()] : [];
}
