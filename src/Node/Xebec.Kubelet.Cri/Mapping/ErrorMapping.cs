using System.Net.Http;
using System.Net.Sockets;
using Grpc.Core;
using Xebec.Kubelet.Runtime;

namespace Xebec.Kubelet.Cri.Mapping;

/// <summary>gRPC's failures as the contract's.</summary>
internal static class ErrorMapping
{
    public static RuntimeException ToRuntimeException(RpcException error) => new(CodeOf(error), error.Status.Detail, error);

    private static RuntimeErrorCode CodeOf(RpcException error) => error switch
    {
        { Status.DebugException: HttpRequestException or SocketException or IOException } => RuntimeErrorCode.Unavailable,
        // containerd 1.6 does not classify the end of an exec's time.
        { StatusCode: StatusCode.Unknown } when error.Status.Detail.EndsWith("context deadline exceeded", StringComparison.Ordinal) =>
            RuntimeErrorCode.DeadlineExceeded,
        { StatusCode: StatusCode.OK } => RuntimeErrorCode.Unknown,
        _ => (RuntimeErrorCode)error.StatusCode,
    };
}
