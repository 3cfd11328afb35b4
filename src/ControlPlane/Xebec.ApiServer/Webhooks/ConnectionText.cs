using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Xebec.ApiServer.Webhooks;

/// <summary>Why a connection failed, in the words of Go's net package, which operators search for.</summary>
internal static class ConnectionText
{
    /// <summary>The innermost reason of a failed HTTP request.</summary>
    public static string Of(Exception failure) => failure switch
    {
        HttpRequestException { InnerException: { } inner } => Of(inner),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "EOF",
        AuthenticationException { InnerException: AuthenticationException inner } => inner.Message,
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "EOF",
        IOException { InnerException: SocketException socket } => Reason(socket),
        SocketException socket => Reason(socket),
        _ => failure.Message,
    };

    /// <summary>A connection that could not be opened.</summary>
    public static string Dial(EndPoint target, SocketException failure) => target is DnsEndPoint named
        ? failure.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData
            ? $"dial tcp: lookup {named.Host}: no such host"
            : $"dial tcp {named.Host}:{named.Port}: connect: {Reason(failure)}"
        : $"dial tcp {target}: connect: {Reason(failure)}";

    private static string Reason(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset by peer",
        SocketError.HostUnreachable => "no route to host",
        SocketError.NetworkUnreachable => "network is unreachable",
        SocketError.TimedOut => "connection timed out",
        _ => failure.Message,
    };
}
