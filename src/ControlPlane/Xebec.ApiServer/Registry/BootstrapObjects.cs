using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;

namespace Xebec.ApiServer.Registry;

/// <summary>Makes the objects that every cluster has, when they are missing.</summary>
internal sealed class BootstrapObjects(ResourceWriter writer, ResourceCatalog catalog)
{
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var name in Namespaces)
            await EnsureAsync("", "v1", "namespaces", "", new ObjectValue { { "metadata", new ObjectValue { { "name", name } } } }, cancellationToken);
    }

    private async Task EnsureAsync(
        string group, string version, string plural, string ns, ObjectValue wanted, CancellationToken cancellationToken)
    {
        var resource = catalog.Find(group, version, plural)!;
        var request = new WriteRequest
        {
            Resource = resource,
            Namespace = ns,
            Name = wanted.GetObject("metadata")!.GetString("name")!,
            User = UserInfo.Self,
            FieldManager = "xebec-apiserver",
        };
        if (writer.Find(request) is not null)
            return;
        try
        {
            wanted["kind"] = resource.Info.Kind;
            wanted["apiVersion"] = resource.Info.GroupVersion.ToString();
            await writer.CreateAsync(request, wanted, cancellationToken);
        }
        catch (ApiException e) when (e.Reason == StatusReason.AlreadyExists)
        {
            // Another server made it first.
        }
    }
}
