using System.Net;

namespace Xebec.Dns.Forwarding;

/// <summary>Asks the host's resolvers, one after the other, through a small cache.</summary>
internal sealed class Forwarder(IEnumerable<IPEndPoint> servers, TimeProvider time)
{
    private readonly Upstream[] _upstreams = [.. servers.Select(server => new Upstream(server, time))];
    private readonly ResponseCache _cache = new(time);

    /// <summary>A response to <paramref name="query"/> with its id; null if no resolver gave one.</summary>
    public async ValueTask<byte[]?> AskAsync(ReadOnlyMemory<byte> query, bool isStream, CancellationToken cancellationToken)
    {
        if (_cache.Find(query.Span) is { } known) return known;
        foreach (var upstream in _upstreams)
        {
            if (!upstream.IsAvailable || await upstream.AskAsync(query, isStream, cancellationToken) is not { } response) continue;
            _cache.Store(query.Span, response);
            return response;
        }

        return null;
    }
}
