using System.Text;
using Xebec.Kubelet.Probes;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.PodWorkers;

/// <summary>Runs postStart and preStop hooks.</summary>
internal sealed class LifecycleHooks(IContainerRuntime runtime, HttpMessageInvoker http, TimeProvider time)
{
    /// <summary>Runs a hook to its end.</summary>
    /// <returns>Null when it succeeded, else what went wrong.</returns>
    public async Task<string?> RunAsync(
        LifecycleHandler hook, Container container, string containerId, string podIp, CancellationToken cancellation)
    {
        try
        {
            if (hook.Exec is { } exec)
                return await ExecAsync(exec.Command, containerId, cancellation);
            if (hook.HttpGet is { } get)
                return await GetAsync(get, container, podIp, cancellation);
            if (hook.Sleep is { } sleep)
                await Task.Delay(TimeSpan.FromSeconds(sleep.Seconds), time, cancellation);
            return null;
        }
        catch (Exception e) when (e is RuntimeException or HttpRequestException)
        {
            return e.Message;
        }
    }

    private async Task<string?> ExecAsync(List<string> command, string containerId, CancellationToken cancellation)
    {
        var result = await runtime.ExecSyncAsync(containerId, command, 0, cancellation);
        return result.ExitCode == 0
            ? null
            : $"command '{string.Join(' ', command)}' exited with {result.ExitCode}: {Encoding.UTF8.GetString(result.Stderr.Span)}";
    }

    private async Task<string?> GetAsync(HTTPGetAction action, Container container, string podIp, CancellationToken cancellation)
    {
        if (ProbeHttp.Port(action.Port, container) is not { } port)
            return $"couldn't find port: {action.Port}";
        using var request = ProbeHttp.Request(action, port, podIp, "kube-lifecycle/1.36");
        using var response = await http.SendAsync(request, cancellation);
        return response.IsSuccessStatusCode ? null : $"HTTP hook answered {(int)response.StatusCode}";
    }
}
