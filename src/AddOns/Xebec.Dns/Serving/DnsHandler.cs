using Xebec.Dns.Forwarding;
using Xebec.Dns.Messages;
using Xebec.Dns.Zones;

namespace Xebec.Dns.Serving;

/// <summary>Joins the zone with the forwarder.</summary>
internal sealed class DnsHandler(DnsResponder responder, Forwarder forwarder)
{
    private const int MaxWaiting = 512;
    private readonly SemaphoreSlim _waiting = new(MaxWaiting);

    /// <summary>Answers at once into <paramref name="response"/>, or says that <see cref="ForwardAsync"/> must.</summary>
    public ZoneAnswer Respond(ReadOnlySpan<byte> request, Span<byte> response, bool isStream, out int length, out string? target) =>
        responder.Respond(request, response, isStream, out length, out target);

    /// <summary>The response with the help of an upstream resolver; <paramref name="target"/> as Respond gave it.</summary>
    public async Task<byte[]> ForwardAsync(ReadOnlyMemory<byte> request, string? target, bool isStream, CancellationToken cancellationToken)
    {
        if (!await _waiting.WaitAsync(0, cancellationToken)) return Fail(request.Span);
        try
        {
            if (target is null) return await forwarder.AskAsync(request, isStream, cancellationToken) ?? Fail(request.Span);
            var upstream = await forwarder.AskAsync(DnsQueryWriter.Retarget(request.Span, target), isStream, cancellationToken);
            return upstream is null ? Fail(request.Span) : Complete(request.Span, upstream, isStream);
        }
        finally
        {
            _waiting.Release();
        }
    }

    private byte[] Complete(ReadOnlySpan<byte> request, ReadOnlySpan<byte> upstream, bool isStream)
    {
        var response = new byte[isStream ? DnsWire.MaxMessageLength : DnsWire.EdnsUdpLength];
        return response[..responder.Complete(request, upstream, response, isStream)];
    }

    private static byte[] Fail(ReadOnlySpan<byte> request)
    {
        var response = new byte[DnsWire.PlainUdpLength];
        return response[..DnsResponder.Fail(request, response, DnsResponseCode.ServerFailure)];
    }
}
