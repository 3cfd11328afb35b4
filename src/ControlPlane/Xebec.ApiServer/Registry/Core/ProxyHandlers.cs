using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Proxy;
using Xebec.ApiServer.WatchCache;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>The proxy subresource of pods, Services and nodes: any HTTP request, passed on to a port of theirs.</summary>
internal sealed class ProxyHandlers(
    CacheSet caches, ResourceCatalog catalog, ServiceResolver services, ProxyTransport transport, KubeletTransport kubelets, SubresourceAdmission admission)
{
    /// <summary>pods/proxy.</summary>
    public async Task PodAsync(RequestContext request)
    {
        var named = Name(request, "pod");
        await AdmitAsync(request, "PodProxyOptions");
        var pod = request.Resource.Cache.Snapshot.Objects.GetValueOrDefault(request.Resource.Key(request.Info.Namespace, named.Name))?.ToTree()
            ?? throw ApiErrors.NotFound(request.Resource.Info, named.Name);
        if (!IPAddress.TryParse(pod.GetObject("status")?.GetString("podIP"), out var address))
            throw ApiErrors.BadRequest("address not allowed");
        ProxyAddress.Check(address);
        var port = named.PortNumber ?? PodPort(pod, named.Port);
        await ForwardAsync(request, Address(named.Scheme, address, port), transport.Http);
    }

    /// <summary>services/proxy.</summary>
    public async Task ServiceAsync(RequestContext request)
    {
        var named = Name(request, "service");
        await AdmitAsync(request, "ServiceProxyOptions");
        if (!request.Resource.Cache.Snapshot.Objects.ContainsKey(request.Resource.Key(request.Info.Namespace, named.Name)))
            throw ApiErrors.NotFound(request.Resource.Info, named.Name);
        try
        {
            var endpoint = services.ResolvePort(request.Info.Namespace, named.Name, named.Port);
            await ForwardAsync(request, Address(named.Scheme, endpoint.Address, endpoint.Port), transport.Http);
        }
        catch (IOException e) when (!request.Http.Response.HasStarted)
        {
            throw ApiErrors.ServiceUnavailable(e.Message);
        }
    }

    /// <summary>nodes/proxy: without a port, or with the kubelet's, by the server's own credentials.</summary>
    public async Task NodeAsync(RequestContext request)
    {
        var named = Name(request, "node");
        await AdmitAsync(request, "NodeProxyOptions");
        var kubelet = FindKubelet(named.Name);
        if (named.Port.Length == 0 || named.PortNumber == kubelet.Port)
        {
            await ForwardAsync(request, $"https://{kubelet.Authority}", kubelets.Http, () => kubelets.ConnectAsync(kubelet, request.Aborted));
            return;
        }

        // Anything but a number could name another host (x@127.0.0.1), past the check below.
        var port = named.PortNumber ?? throw ApiErrors.BadRequest($"invalid node request \"{request.Info.Name}\"");
        var address = await ProxyAddress.ResolveAsync(kubelet.Host, Dns.GetHostAddressesAsync, request.Aborted);
        await ForwardAsync(request, Address(named.Scheme, address, port), transport.Http);
    }

    // A node without an address is no failure of this server.
    private KubeletAddress FindKubelet(string node)
    {
        try
        {
            return KubeletAddress.Of(node, catalog);
        }
        catch (ApiException e) when (e.Code == StatusCodes.Status500InternalServerError)
        {
            throw ApiErrors.ServiceUnavailable($"error trying to reach service: {e.Details?.Causes[0].Message}");
        }
    }

    // What is found afterwards is as fresh as any other read.
    private async ValueTask AdmitAsync(RequestContext request, string kind)
    {
        await admission.ConnectAsync(request, ConnectOptions.Proxy(request, kind));
        await caches.WaitUntilFreshAsync(request.Aborted);
    }

    private static ProxyName Name(RequestContext request, string what) => ProxyName.TryParse(request.Info.Name)
        ?? throw ApiErrors.BadRequest($"invalid {what} request \"{request.Info.Name}\"");

    // A port's name, or none: then the first port that the pod's containers have.
    private static int PodPort(ObjectValue pod, string name)
    {
        var ports = (pod.GetObject("spec")?.GetList("containers") ?? []).OfType<ObjectValue>()
            .SelectMany(c => c.GetList("ports") ?? []).OfType<ObjectValue>();
        var found = ports.FirstOrDefault(p => name.Length == 0 || p.GetString("name") == name);
        return (int)(found?["containerPort"]?.AsInt64() ?? (name.Length == 0 ? 80 : throw ApiErrors.BadRequest($"invalid pod request \"{name}\"")));
    }

    private static string Address(string scheme, IPAddress address, int port) =>
        $"{(scheme.Length == 0 ? "http" : scheme)}://{new IPEndPoint(address, port)}";

    private static async Task ForwardAsync(RequestContext request, string backend, HttpMessageInvoker client, Func<Task<Stream>>? connect = null)
    {
        var http = request.Http;
        var target = ProxyTarget.Of(request, backend);
        if (target.Redirect.Length > 0)
        {
            http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            http.Response.Headers.Location = target.Redirect;
            return;
        }

        target.PrepareHeaders(http.Request);
        try
        {
            if (!ReverseProxy.IsUpgrade(http.Request))
            {
                await ReverseProxy.ForwardAsync(http, client, target.Address, target.RewriteAsync);
                return;
            }

            await using var stream = connect is null ? await ProxyTransport.ConnectAsync(target.Address, request.Aborted) : await connect();
            await StreamForwarder.ForwardAsync(http, stream, target.Address.Authority, target.PathAndQuery);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException && !http.Response.HasStarted)
        {
            throw ApiErrors.ServiceUnavailable($"error trying to reach service: {ConnectionText.Of(e)}");
        }
    }
}
