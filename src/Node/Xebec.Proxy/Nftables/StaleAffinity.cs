using System.Text.Json;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Nftables;

/// <summary>Finds remembered clients whose endpoint no longer serves them.</summary>
internal static class StaleAffinity
{
    /// <summary>The elements of nft's JSON <paramref name="listing"/> to delete, given what the table now holds.</summary>
    public static List<RuleElement> Find(string listing, IpFamily family, IEnumerable<RuleElement> elements)
    {
        var stale = new List<RuleElement>();
        if (listing.Length == 0) return stale;
        var targets = Targets(family, elements);
        using var document = JsonDocument.Parse(listing);
        foreach (var entry in document.RootElement.GetProperty("nftables").EnumerateArray())
        {
            if (!entry.TryGetProperty("map", out var map) || !map.TryGetProperty("elem", out var remembered)) continue;
            foreach (var pair in remembered.EnumerateArray()) AddIfStale(pair, family, targets, stale);
        }

        return stale;
    }

    private static void AddIfStale(JsonElement pair, IpFamily family, HashSet<string> targets, List<RuleElement> stale)
    {
        var key = Words(pair[0].GetProperty("elem").GetProperty("val"));
        var endpoint = string.Join(" . ", Words(pair[1]));
        var (address, protocol, port) = (key[1], key[2], key[3]);
        if (targets.Contains($"{protocol} {address} . {port} {endpoint}") || targets.Contains($"{protocol} {port} {endpoint}")) return;
        stale.Add(new(family, RuleMaps.Affinity, string.Join(" . ", key), null));
    }

    private static HashSet<string> Targets(IpFamily family, IEnumerable<RuleElement> elements)
    {
        var targets = new HashSet<string>();
        foreach (var element in elements)
        {
            var protocol = ProtocolOf(element.Map);
            if (element.Family != family || protocol is null) continue;
            var frontend = element.Key[..element.Key.LastIndexOf(" . ", StringComparison.Ordinal)];
            targets.Add($"{protocol} {frontend} {element.Value}");
        }

        return targets;
    }

    private static string? ProtocolOf(string map)
    {
        if (map == RuleMaps.Endpoints("tcp") || map == RuleMaps.NodePortEndpoints("tcp")) return "tcp";
        return map == RuleMaps.Endpoints("udp") || map == RuleMaps.NodePortEndpoints("udp") ? "udp" : null;
    }

    private static string[] Words(JsonElement value) => [.. value.GetProperty("concat").EnumerateArray().Select(word => word.ToString())];
}
