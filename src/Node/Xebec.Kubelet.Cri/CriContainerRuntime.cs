using System.Net.Http;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Xebec.Kubelet.Cri.Mapping;
using Xebec.Kubelet.Runtime;
using EventsClient = Xebec.Kubelet.Cri.Wire.Events.Events.EventsClient;
using ImageClient = Xebec.Kubelet.Cri.Wire.ImageService.ImageServiceClient;
using RuntimeClient = Xebec.Kubelet.Cri.Wire.RuntimeService.RuntimeServiceClient;

namespace Xebec.Kubelet.Cri;

/// <summary>
/// A container runtime behind a CRI socket (containerd). Connects on the first call and again whenever the connection is lost;
/// calls made in between fail with Unavailable.
/// </summary>
public sealed partial class CriContainerRuntime : IContainerRuntime
{
    // Upstream's kubelet allows this much: lists of many pods, and an exec's 16 MiB of each output.
    private const int MaxMessageBytes = 64 << 20;

    private readonly GrpcChannel _channel;
    private readonly RuntimeClient _runtime;
    private readonly ImageClient _images;
    private readonly EventsClient _events;
    private readonly TimeProvider _timeProvider;
    private readonly string? _pinnedImage;

    /// <summary>Talks to the runtime at a unix socket's path.</summary>
    /// <param name="socketPath">For example <c>/run/containerd/containerd.sock</c>.</param>
    /// <param name="timeProvider">Paces reconnects of the event stream.</param>
    /// <param name="pinnedImage">An image to report as pinned, though the runtime does not: its sandbox image.</param>
    public CriContainerRuntime(string socketPath, TimeProvider timeProvider, string? pinnedImage = null)
    {
        _timeProvider = timeProvider;
        _pinnedImage = pinnedImage;
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = (_, cancellationToken) => ConnectAsync(socketPath, cancellationToken),
                UseProxy = false,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaxMessageBytes,
            MaxSendMessageSize = MaxMessageBytes,
        });
        var invoker = _channel.CreateCallInvoker();
        _runtime = new RuntimeClient(invoker);
        _images = new ImageClient(invoker);
        _events = new EventsClient(invoker);
    }

    /// <inheritdoc/>
    public async Task<RuntimeVersion> VersionAsync(CancellationToken cancellationToken = default)
    {
        var answer = await CallAsync(_runtime.VersionAsync, new Wire.VersionRequest(), cancellationToken);
        return new RuntimeVersion(answer.RuntimeName, answer.RuntimeVersion, answer.RuntimeApiVersion);
    }

    /// <inheritdoc/>
    public async Task<RuntimeStatus> StatusAsync(CancellationToken cancellationToken = default)
    {
        var answer = await CallAsync(_runtime.StatusAsync, new Wire.StatusRequest(), cancellationToken);
        return new RuntimeStatus(
            [.. answer.Status.Conditions.Select(wire => new RuntimeCondition(wire.Type, wire.Status, wire.Reason, wire.Message))])
        {
            RuntimeHandlers = [.. answer.RuntimeHandlers.Select(handler => handler.Name)],
        };
    }

    /// <inheritdoc/>
    public Task UpdatePodCidrAsync(string podCidr, CancellationToken cancellationToken = default)
    {
        var config = new Wire.RuntimeConfig { NetworkConfig = new Wire.NetworkConfig { PodCidr = podCidr } };
        return CallAsync(_runtime.UpdateRuntimeConfigAsync, new Wire.UpdateRuntimeConfigRequest { RuntimeConfig = config },
            cancellationToken);
    }

    /// <summary>Closes the connection; calls under way end with Cancelled.</summary>
    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<Stream> ConnectAsync(string socketPath, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Cancelled by the caller is OperationCanceledException; any other failure is the contract's, a deadline the runtime set included.
    /// </summary>
    private static async Task<TResponse> CallAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method, TRequest request, CancellationToken cancellationToken)
    {
        using var call = method(request, new CallOptions(cancellationToken: cancellationToken));
        try
        {
            return await call.ResponseAsync;
        }
        catch (RpcException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ErrorMapping.ToRuntimeException(error);
        }
    }

    private static async Task CallUnlessGoneAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method, TRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(method, request, cancellationToken);
        }
        catch (RuntimeException error) when (error.Code == RuntimeErrorCode.NotFound)
        {
            // What is gone need be neither stopped nor removed.
        }
    }
}
