using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri;

public sealed partial class CriContainerRuntime
{
    /// <inheritdoc/>
    public async Task<ExecSyncResult> ExecSyncAsync(
        string containerId, IReadOnlyList<string> command, long timeoutSeconds, CancellationToken cancellationToken = default)
    {
        var request = new Wire.ExecSyncRequest { ContainerId = containerId, Cmd = { command }, Timeout = timeoutSeconds };
        var answer = await CallAsync(_runtime.ExecSyncAsync, request, cancellationToken);
        return new ExecSyncResult(answer.Stdout.Memory, answer.Stderr.Memory, answer.ExitCode);
    }

    /// <inheritdoc/>
    public async Task<Uri> ExecAsync(ExecRequest request, CancellationToken cancellationToken = default)
    {
        var wire = new Wire.ExecRequest
        {
            ContainerId = request.ContainerId,
            Cmd = { request.Command },
            Stdin = request.Stdin,
            Stdout = request.Stdout,
            Stderr = request.Stderr,
            Tty = request.Tty,
        };
        return new Uri((await CallAsync(_runtime.ExecAsync, wire, cancellationToken)).Url);
    }

    /// <inheritdoc/>
    public async Task<Uri> AttachAsync(AttachRequest request, CancellationToken cancellationToken = default)
    {
        var wire = new Wire.AttachRequest
        {
            ContainerId = request.ContainerId,
            Stdin = request.Stdin,
            Stdout = request.Stdout,
            Stderr = request.Stderr,
            Tty = request.Tty,
        };
        return new Uri((await CallAsync(_runtime.AttachAsync, wire, cancellationToken)).Url);
    }
}
