using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry.Rbac;

/// <summary>Writes the bootstrap policy: what is missing, all at once, so that the store commits it together.</summary>
internal sealed class RbacBootstrap(ResourceWriter writer, ResourceCatalog catalog)
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var writes = new List<Task>();
        foreach (var role in BootstrapPolicy.Default.Roles)
        {
            var isCluster = role.Namespace.Length == 0;
            writes.Add(EnsureAsync(
                isCluster ? "clusterroles" : "roles", PolicyObjects.Role(role, BootstrapPolicy.Default.RulesOf(role)), role.Namespace, cancellationToken));
            if (role.BindingName is not null)
            {
                writes.Add(EnsureAsync(
                    isCluster ? "clusterrolebindings" : "rolebindings", PolicyObjects.Binding(role), role.Namespace, cancellationToken));
            }
        }

        return Task.WhenAll(writes);
    }

    private async Task EnsureAsync(string plural, ObjectValue wanted, string ns, CancellationToken cancellationToken)
    {
        var resource = catalog.Find("rbac.authorization.k8s.io", "v1", plural)!;
        wanted["kind"] = resource.Info.Kind;
        wanted["apiVersion"] = "rbac.authorization.k8s.io/v1";
        var request = new WriteRequest
        {
            Resource = resource,
            Namespace = ns,
            Name = wanted.GetObject("metadata")!.GetString("name")!,
            User = UserInfo.Self,
            FieldManager = "kube-apiserver",
        };
        try
        {
            if (writer.Find(request) is not { } stored)
                await writer.CreateAsync(request, wanted, cancellationToken);
            else if (PolicyReconciliation.Reconcile(stored.ToTree(), wanted) is not null)
                await writer.UpdateAsync(request, tree => PolicyReconciliation.Reconcile(tree, wanted) ?? tree, cancellationToken);
        }
        catch (ApiException e) when (e.Reason is StatusReason.AlreadyExists or StatusReason.Conflict)
        {
            // Another server is doing the same.
        }
    }
}
