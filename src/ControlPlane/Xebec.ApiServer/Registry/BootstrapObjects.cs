using System.Net;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Authentication;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry.Rbac;
using Xebec.ApiServer.Registry.Scheduling;
using Xebec.ApiServer.Registry.Core;
using Xebec.ApiServer.Registry.Networking;
using Xebec.Store;

namespace Xebec.ApiServer.Registry;

/// <summary>Makes the objects that every cluster has, when they are missing.</summary>
internal sealed class BootstrapObjects(ResourceWriter writer, ResourceCatalog catalog, KubeApiServerOptions options)
{
    private static readonly string[] Namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        AdoptServices();
        await Task.WhenAll([
            .. Namespaces.Select(name => EnsureAsync(
                "", "v1", "namespaces", "", new ObjectValue { { "metadata", new ObjectValue { { "name", name } } } }, cancellationToken)),
            EnsureServiceCidrAsync(cancellationToken),
            .. SystemPriorityClasses.Trees.Select(tree => EnsureAsync("scheduling.k8s.io", "v1", "priorityclasses", "", tree, cancellationToken)),
        ]);
        if (!options.AllowEverything)
            await new RbacBootstrap(writer, catalog).RunAsync(cancellationToken);
    }

    private async Task EnsureServiceCidrAsync(CancellationToken cancellationToken)
    {
        var wanted = DefaultServiceCidr.Tree(options.ServiceNetwork);
        await EnsureAsync("networking.k8s.io", "v1", "servicecidrs", "", wanted, cancellationToken);
        var status = new WriteRequest
        {
            Resource = catalog.Find("networking.k8s.io", "v1", "servicecidrs")!, Namespace = "", Name = "kubernetes", Subresource = "status",
            User = UserInfo.Self, FieldManager = "kube-apiserver",
        };
        await writer.UpdateAsync(status, DefaultServiceCidr.MarkReady, cancellationToken);
    }

    private void AdoptServices()
    {
        var services = catalog.Find("", "v1", "services")!;
        foreach (var service in services.Cache.Snapshot.Ordered)
            ((ServiceStrategy)services.Strategy).Adopt(service.ToTree());
    }

    /// <summary>
    /// Makes the Service that pods reach the API server by, and who is behind it (upstream's kubernetes-service controller). A server
    /// that only listens on loopback has nothing to put behind it: no pod could reach it there.
    /// </summary>
    public async Task EnsureKubernetesServiceAsync(int port, CancellationToken cancellationToken)
    {
        var address = options.AdvertiseAddress ?? options.Listen!.Address;
        await EnsureAsync("", "v1", "services", "default", KubernetesService.Service(options, port), cancellationToken);
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any))
            return;
        await EnsureAsync("", "v1", "endpoints", "default", KubernetesService.Endpoints(address.ToString(), port), cancellationToken);
        await EnsureAsync(
            "discovery.k8s.io", "v1", "endpointslices", "default", KubernetesService.Slice(address.ToString(), port), cancellationToken);
    }

    /// <summary>Takes this server out of what the Service leads to, as it stops. That the store fails meanwhile is no reason not to stop.</summary>
    public async Task LeaveKubernetesServiceAsync(CancellationToken cancellationToken)
    {
        (string Group, string Plural, string Members)[] objects = [("", "endpoints", "subsets"), ("discovery.k8s.io", "endpointslices", "endpoints")];
        foreach (var (group, plural, members) in objects)
        {
            var request = Request(catalog.Find(group, "v1", plural)!, "default", "kubernetes");
            try
            {
                if ((await writer.FindFreshAsync(request, cancellationToken))?.ToTree().GetList(members) is { Count: > 0 })
                    await writer.UpdateAsync(request, stored => Without(stored, members), cancellationToken);
            }
            catch (Exception e) when (e is ApiException or StoreUnavailableException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private static ObjectValue Without(ObjectValue stored, string members)
    {
        stored[members] = new ListValue();
        return stored;
    }

    private static WriteRequest Request(ServedResource resource, string ns, string name) =>
        new() { Resource = resource, Namespace = ns, Name = name, User = UserInfo.Self, FieldManager = "kube-apiserver" };

    private async Task EnsureAsync(
        string group, string version, string plural, string ns, ObjectValue wanted, CancellationToken cancellationToken)
    {
        var resource = catalog.Find(group, version, plural)!;
        var request = Request(resource, ns, wanted.GetObject("metadata")!.GetString("name")!);
        if (writer.Find(request) is not null)
        {
            if (plural is "endpoints" or "endpointslices")
                await writer.UpdateAsync(request, stored => KubernetesService.Refresh(stored, wanted), cancellationToken);
            return;
        }

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
