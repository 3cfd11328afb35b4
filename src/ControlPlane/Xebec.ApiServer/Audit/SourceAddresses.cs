using System.Net;
using Microsoft.AspNetCore.Http;

namespace Xebec.ApiServer.Audit;

/// <summary>Where a request came from: what proxies say they forwarded, then the peer itself.</summary>
internal static class SourceAddresses
{
    public static IReadOnlyList<string> Of(HttpContext http)
    {
        var found = new List<string>();
        foreach (var part in http.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries))
            Add(found, part);
        Add(found, http.Request.Headers["X-Real-Ip"].ToString());
        var peer = http.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        var peerText = (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).ToString();
        if (found.Count == 0 || found[^1] != peerText)
            found.Add(peerText);
        return found;
    }

    private static void Add(List<string> found, string text)
    {
        if (IPAddress.TryParse(text, out var address) && !found.Contains(address.ToString()))
            found.Add(address.ToString());
    }
}
