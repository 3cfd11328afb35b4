using System.Net;
using System.Net.Sockets;
using System.Text;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Probes;

/// <summary>Carries out one try of a probe: exec, httpGet, tcpSocket or grpc.</summary>
internal sealed class Prober(
    IContainerRuntime runtime, HttpMessageInvoker http, string hostIp, TimeProvider time, Func<NetworkProbe, string?>? simulated = null)
{
    private const int MaximumBodyBytes = 10 * 1024;

    public async Task<ProbeAttempt> ProbeAsync(ProbeTarget target, CancellationToken cancellation)
    {
        var timeoutSeconds = Math.Max(1, target.Probe.TimeoutSeconds);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(timeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            if (target.Probe.Exec is { } exec)
                return await ExecAsync(exec.Command, target.Status.Id, timeoutSeconds, either.Token);
            if (simulated is not null)
                return simulated(NetworkProbe.Of(target)) is { } message ? ProbeAttempt.Failure(message) : ProbeAttempt.Success;
            if (target.Probe.HttpGet is { } get)
                return await HttpAsync(get, target, either.Token);
            if (target.Probe.TcpSocket is { } tcp)
                return await TcpAsync(tcp, target, either.Token);
            if (target.Probe.Grpc is { } grpc)
                return await GrpcHealth.CheckAsync(http, Host("", target), grpc.Port, grpc.Service ?? "", either.Token);
            return ProbeAttempt.Success;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ProbeAttempt.Failure(target.Probe.Exec is null
                ? "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                : $"command timed out after {timeoutSeconds}s");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException or RuntimeException)
        {
            return ProbeAttempt.Failure(e.Message);
        }
    }

    private string Host(string host, ProbeTarget target) =>
        host.Length > 0 ? host : target.Pod.Spec.HostNetwork ? hostIp : target.PodIp;

    private async Task<ProbeAttempt> ExecAsync(
        List<string> command, string containerId, long timeoutSeconds, CancellationToken cancellation)
    {
        var result = await runtime.ExecSyncAsync(containerId, command, timeoutSeconds, cancellation);
        var output = Encoding.UTF8.GetString(result.Stdout.Span) + Encoding.UTF8.GetString(result.Stderr.Span);
        return new ProbeAttempt(result.ExitCode == 0, output.Length <= MaximumBodyBytes ? output : output[..MaximumBodyBytes]);
    }

    private async Task<ProbeAttempt> HttpAsync(HTTPGetAction action, ProbeTarget target, CancellationToken cancellation)
    {
        if (ProbeHttp.Port(action.Port, target.Container) is not { } port)
            return ProbeAttempt.Failure($"couldn't find port: {action.Port} in container: {target.Container.Name}");
        using var request = ProbeHttp.Request(action, port, Host(action.Host, target), "kube-probe/1.36");
        var url = request.RequestUri!.ToString();
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            await response.Content.LoadIntoBufferAsync(MaximumBodyBytes, cancellation).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            var code = (int)response.StatusCode;
            return code is >= (int)HttpStatusCode.OK and < (int)HttpStatusCode.BadRequest
                ? ProbeAttempt.Success
                : ProbeAttempt.Failure($"HTTP probe failed with statuscode: {code}");
        }
        catch (HttpRequestException e)
        {
            return ProbeAttempt.Failure($"Get \"{url}\": {e.InnerException?.Message ?? e.Message}");
        }
    }

    private async Task<ProbeAttempt> TcpAsync(TCPSocketAction action, ProbeTarget target, CancellationToken cancellation)
    {
        if (ProbeHttp.Port(action.Port, target.Container) is not { } port)
            return ProbeAttempt.Failure($"couldn't find port: {action.Port} in container: {target.Container.Name}");
        var host = Host(action.Host, target);
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(host, port, cancellation);
            return ProbeAttempt.Success;
        }
        catch (SocketException e)
        {
            return ProbeAttempt.Failure($"dial tcp {host}:{port}: connect: {e.Message}");
        }
    }
}
