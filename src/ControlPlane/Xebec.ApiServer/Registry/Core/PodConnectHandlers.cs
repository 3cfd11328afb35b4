using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Admission;
using Xebec.ApiServer.Aggregation;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Proxy;

namespace Xebec.ApiServer.Registry.Core;

/// <summary>log, exec, attach and port-forward of pods: found here, served by the kubelet of the pod's node.</summary>
internal sealed class PodConnectHandlers(
    ReadHandlers reads, ResourceCatalog catalog, KubeletTransport kubelets, SubresourceAdmission admission)
{
    private static readonly string[] LogParameters =
        ["follow", "previous", "sinceSeconds", "sinceTime", "timestamps", "tailLines", "limitBytes", "stream"];

    public async Task LogAsync(RequestContext request)
    {
        var pod = (await reads.FindAsync(request)).ToTree();
        var container = PodContainers.Choose(pod, request.Parameter("container"), request.Info.Name);
        PodContainers.RefuseWaiting(pod, container, previous: request.Flag("previous"));
        var kubelet = KubeletOf(pod, request);
        var query = string.Join('&', LogParameters.Where(p => request.Parameter(p) is not null)
            .Select(p => $"{p}={Uri.EscapeDataString(request.Parameter(p)!)}"));
        var path = $"/containerLogs/{request.Info.Namespace}/{request.Info.Name}/{container}";
        using var message = new HttpRequestMessage(HttpMethod.Get, $"https://{kubelet.Authority}{path}?{query}");
        using var response = await kubelets.SendAsync(message, request.Aborted);
        if (!response.IsSuccessStatusCode)
            throw ApiErrors.BadRequest(await response.Content.ReadAsStringAsync(request.Aborted));
        await CopyAsync(request.Http, response, request.Aborted);
    }

    // Every piece is flushed, so that a followed log appears line by line.
    private static async Task CopyAsync(HttpContext http, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "text/plain";
        await http.Response.StartAsync(cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (true)
        {
            var read = await body.ReadAsync(http.Response.BodyWriter.GetMemory(4096), cancellationToken);
            if (read == 0)
                return;
            http.Response.BodyWriter.Advance(read);
            await http.Response.BodyWriter.FlushAsync(cancellationToken);
        }
    }

    public Task ExecAsync(RequestContext request) => StreamAsync(request, "exec", ConnectOptions.Exec(request));

    public Task AttachAsync(RequestContext request) => StreamAsync(request, "attach", ConnectOptions.Attach(request));

    private async Task StreamAsync(RequestContext request, string verb, ObjectValue options)
    {
        await admission.ConnectAsync(request, options);
        var pod = (await reads.FindAsync(request)).ToTree();
        var container = PodContainers.Choose(pod, request.Parameter("container"), request.Info.Name);
        await ForwardAsync(request, pod, $"/{verb}/{request.Info.Namespace}/{request.Info.Name}/{container}");
    }

    public async Task PortForwardAsync(RequestContext request)
    {
        await admission.ConnectAsync(request, ConnectOptions.PortForward(request));
        var pod = (await reads.FindAsync(request)).ToTree();
        await ForwardAsync(request, pod, $"/portForward/{request.Info.Namespace}/{request.Info.Name}");
    }

    private async Task ForwardAsync(RequestContext request, ObjectValue pod, string path)
    {
        var kubelet = KubeletOf(pod, request);
        FrontProxyHeaders.Remove(request.Http.Request.Headers);
        await using var backend = await kubelets.ConnectAsync(kubelet, request.Aborted);
        await StreamForwarder.ForwardAsync(
            request.Http, backend, kubelet.Authority, path + request.Http.Request.QueryString.Value);
    }

    private KubeletAddress KubeletOf(ObjectValue pod, RequestContext request)
    {
        if (pod.GetObject("spec")?.GetString("nodeName") is not { Length: > 0 } nodeName)
            throw ApiErrors.BadRequest($"pod {request.Info.Name} does not have a host assigned");
        return KubeletAddress.Of(nodeName, catalog);
    }
}
