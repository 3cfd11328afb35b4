using Xebec.ApiServer.Admission;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.Registry.Autoscaling;
using Xebec.ApiServer.Registry.Core;
using Xebec.ApiServer.Registry.Policy;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Every handler that is not a generic verb.</summary>
internal static class SpecialHandlerTable
{
    /// <summary>Registers them and returns the one of custom resources' scales.</summary>
    public static ScaleHandlers Fill(
        SpecialHandlers special, ReadHandlers reads, ResourceWriter writer, ResourceDeleter deleter, PatchReader patches,
        ContentNegotiation negotiation, ResourceCatalog catalog, KubeletTransport kubelets, SubresourceAdmission admission,
        ProxyHandlers proxies, TimeProvider time)
    {
        var bindings = new BindingHandler(writer, admission, catalog, time);
        special.Add("", "pods", "binding", bindings.BindAsync, "create");
        special.Add("", "bindings", "", bindings.BindAsync, "create");
        special.Add("", "pods", "eviction", new EvictionHandler(reads, writer, deleter, admission, catalog).EvictAsync, "create");
        special.Add("", "namespaces", "finalize", new NamespaceFinalizeHandler(writer, negotiation).FinalizeAsync, "update");
        var connect = new PodConnectHandlers(reads, catalog, kubelets, admission);
        special.Add("", "pods", "log", connect.LogAsync, "get");
        special.Add("", "pods", "exec", connect.ExecAsync, "get", "create");
        special.Add("", "pods", "attach", connect.AttachAsync, "get", "create");
        special.Add("", "pods", "portforward", connect.PortForwardAsync, "get", "create");
        foreach (var (plural, handler) in new (string, Func<RequestContext, Task>)[]
        {
            ("pods", proxies.PodAsync), ("services", proxies.ServiceAsync), ("nodes", proxies.NodeAsync),
        })
            special.Add("", plural, "proxy", handler, "get", "create", "update", "patch", "delete", "options");
        var scale = new ScaleHandlers(reads, writer, patches, negotiation, catalog);
        foreach (var (group, plural) in ScaleHandlers.Kinds)
        {
            special.Add(group, plural, "scale", scale.GetAsync, "get");
            special.Add(group, plural, "scale", scale.UpdateAsync, "update");
            special.Add(group, plural, "scale", scale.PatchAsync, "patch");
        }

        return scale;
    }
}
