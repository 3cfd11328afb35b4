using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xebec.Kubelet.Nodes;
using Xebec.Kubelet.PodWorkers;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Server;

/// <summary>Answers the requests of the kubelet's server.</summary>
internal sealed class KubeletRequests(NodeServices services, PodWorkerSet workers)
{
    private readonly ContainerLogReader _logs = new(services.Time);

    public async Task HandleAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            await RouteAsync(context, parts);
        }
        catch (RuntimeException e) when (!context.Response.HasStarted)
        {
            await TextAsync(context, e.Code == RuntimeErrorCode.NotFound ? 404 : 500, e.Message);
        }
        catch (FormatException e) when (!context.Response.HasStarted)
        {
            await TextAsync(context, 400, e.Message);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private Task RouteAsync(HttpContext context, string[] parts) => parts switch
    {
        ["healthz"] or ["livez"] or ["readyz"] => TextAsync(context, 200, "ok"),
        ["pods"] => PodsAsync(context),
        ["containerLogs", var ns, var pod, var container] => LogsAsync(context, ns, pod, container),
        ["exec", var ns, var pod, .., var container] => ExecAsync(context, ns, pod, container),
        ["attach", var ns, var pod, .., var container] => AttachAsync(context, ns, pod, container),
        ["portForward", var ns, var pod, ..] => PortForwardAsync(context, ns, pod),
        ["stats", "summary"] => SummaryAsync(context),
        ["metrics", "resource"] => MetricsAsync(context),
        ["metrics"] => MetricsAsync(context),
        _ => TextAsync(context, 404, "404 page not found"),
    };

    private static async Task TextAsync(HttpContext context, int code, string text)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text);
    }

    private async Task PodsAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("kind", "PodList");
        writer.WriteString("apiVersion", "v1");
        writer.WriteStartObject("metadata");
        writer.WriteEndObject();
        writer.WriteStartArray("items");
        foreach (var worker in workers.All)
        {
            var pod = worker.Pod.DeepClone();
            pod.Status = services.Statuses.Get(worker.Uid) ?? pod.Status;
            pod.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private async Task LogsAsync(HttpContext context, string ns, string podName, string containerName)
    {
        if (workers.Find(ns, podName) is not { } worker)
        {
            await TextAsync(context, 404, $"pod \"{podName}\" does not exist");
            return;
        }

        var request = LogRequest.Parse(context.Request.Query, services.Time.GetUtcNow());
        if (PodContainers.Find(worker.Pod, containerName) is null)
        {
            await TextAsync(context, 404, $"container \"{containerName}\" is not found in pod \"{podName}\"");
            return;
        }

        var newest = worker.Observed.Newest(containerName);
        var wanted = newest is not null && request.Previous ? worker.Observed.Before(newest) : newest;
        if (wanted is null || wanted.State == Runtime.ContainerState.Created)
        {
            await TextAsync(context, 400, WhyNoLog(worker, podName, containerName, request.Previous));
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.StartAsync();
        if (File.Exists(wanted.LogPath))
            await _logs.CopyAsync(
                wanted.LogPath, request, context.Response.BodyWriter, () => IsRunning(worker, wanted.Id), context.RequestAborted);
    }

    private static bool IsRunning(PodWorker worker, string containerId) =>
        worker.Observed.Containers.Any(c => c.Id == containerId && c.State == Runtime.ContainerState.Running);

    private string WhyNoLog(PodWorker worker, string podName, string containerName, bool previous)
    {
        if (previous)
            return $"previous terminated container \"{containerName}\" in pod \"{podName}\" not found";
        var status = services.Statuses.Get(worker.Uid);
        var waiting = status?.ContainerStatuses.Concat(status.InitContainerStatuses).FirstOrDefault(
            s => s.Name == containerName)?.State.Waiting;
        return waiting?.Message.Length > 0
            ? $"container \"{containerName}\" in pod \"{podName}\" is waiting to start: {waiting.Message}"
            : $"container \"{containerName}\" in pod \"{podName}\" is waiting to start: {waiting?.Reason ?? "ContainerCreating"}";
    }

    private async Task ExecAsync(HttpContext context, string ns, string pod, string container)
    {
        if (await RunningAsync(context, ns, pod, container) is not { } id)
            return;
        var query = context.Request.Query;
        var request = new ExecRequest(id, [.. query["command"].Select(word => word ?? "")])
        {
            Stdin = Flag(query, "input", "stdin"),
            Stdout = Flag(query, "output", "stdout"),
            Stderr = Flag(query, "error", "stderr") && !Flag(query, "tty", "tty"),
            Tty = Flag(query, "tty", "tty"),
        };
        await StreamProxy.ForwardAsync(context, await services.Runtime.ExecAsync(request, context.RequestAborted));
    }

    private async Task AttachAsync(HttpContext context, string ns, string pod, string container)
    {
        if (await RunningAsync(context, ns, pod, container) is not { } id)
            return;
        var query = context.Request.Query;
        var tty = PodContainers.Find(workers.Find(ns, pod)!.Pod, container)?.Container.Tty == true;
        var request = new AttachRequest(id)
        {
            Stdin = Flag(query, "input", "stdin"),
            Stdout = Flag(query, "output", "stdout"),
            Stderr = Flag(query, "error", "stderr") && !tty,
            Tty = tty,
        };
        await StreamProxy.ForwardAsync(context, await services.Runtime.AttachAsync(request, context.RequestAborted));
    }

    private async Task PortForwardAsync(HttpContext context, string ns, string pod)
    {
        if (workers.Find(ns, pod)?.Observed.ReadySandbox is not { } sandbox)
        {
            await TextAsync(context, 404, $"pod \"{pod}\" does not run");
            return;
        }

        List<int> ports = [.. context.Request.Query["port"].Concat(context.Request.Query["ports"])
            .SelectMany(text => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse)];
        await StreamProxy.ForwardAsync(context, await services.Runtime.PortForwardAsync(sandbox.Id, ports, context.RequestAborted));
    }

    private async Task<string?> RunningAsync(HttpContext context, string ns, string pod, string container)
    {
        var status = workers.Find(ns, pod)?.Observed.Newest(container);
        if (status is { State: Runtime.ContainerState.Running })
            return status.Id;
        await TextAsync(context, status is null ? 404 : 500, $"container not found (\"{container}\")");
        return null;
    }

    private static bool Flag(IQueryCollection query, string name, string other) =>
        query[name].ToString() is "true" or "1" || query[other].ToString() is "true" or "1";

    private async Task SummaryAsync(HttpContext context)
    {
        var pods = await services.Runtime.ListPodSandboxStatsAsync(null, context.RequestAborted);
        var summary = StatsSummary.Build(
            services.Options.NodeName, pods, MachineFacts.MemInfo("MemTotal:"), MachineFacts.MemInfo(
                "MemAvailable:"), services.Time.GetUtcNow());
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(summary.ToUtf8(), context.RequestAborted);
    }

    private async Task MetricsAsync(HttpContext context)
    {
        var pods = await services.Runtime.ListPodSandboxStatsAsync(null, context.RequestAborted);
        var used = MachineFacts.MemInfo("MemTotal:") - MachineFacts.MemInfo("MemAvailable:");
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        await context.Response.WriteAsync(ResourceMetrics.Build(pods, used), context.RequestAborted);
    }
}
