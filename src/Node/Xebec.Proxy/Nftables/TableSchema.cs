using System.Net;
using System.Text;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Nftables;

/// <summary>The fixed part of the table: its sets, maps and base chains.</summary>
internal sealed class TableSchema(ProxyOptions options, IpFamily family)
{
    private readonly string _table = $"{family} {options.TableName}";

    /// <summary>Creates what is missing and empties what is filled from Services; remembered clients stay.</summary>
    public void Write(StringBuilder script, string comment)
    {
        script.AppendLine($"add table {_table} {{ comment \"{comment}\"; }}");
        WriteSets(script);
        foreach (var (name, hook) in Chains()) script.AppendLine($"add chain {_table} {name} {hook}");
        foreach (var (name, _) in Chains()) script.AppendLine($"flush chain {_table} {name}");
        foreach (var (name, rule) in Rules()) script.AppendLine($"add rule {_table} {name} {rule}");
    }

    private void WriteSets(StringBuilder script)
    {
        foreach (var (kind, name, definition) in Sets())
        {
            script.AppendLine($"add {kind} {_table} {name} {{ {definition}; }}");
            script.AppendLine($"flush {kind} {_table} {name}");
        }

        var address = family.AddressType;
        script.AppendLine($"add map {_table} {RuleMaps.Affinity} {{ type {address} . {address} . inet_proto . inet_service"
            + $" : {address} . inet_service; flags dynamic,timeout; size 262144; }}");
    }

    private IEnumerable<(string Kind, string Name, string Definition)> Sets()
    {
        var address = family.AddressType;
        string[] byAddress = [RuleMaps.Services, RuleMaps.InternalServices, RuleMaps.UnservedServices, RuleMaps.Recorders];
        foreach (var name in byAddress) yield return ("map", name, $"type {address} . inet_proto . inet_service : verdict");
        string[] byPort = [RuleMaps.NodePorts, RuleMaps.InternalNodePorts, RuleMaps.UnservedNodePorts, RuleMaps.NodePortRecorders];
        foreach (var name in byPort) yield return ("map", name, "type inet_proto . inet_service : verdict");
        foreach (var protocol in new[] { "tcp", "udp" })
        {
            var target = $"{family} daddr . {protocol} dport";
            yield return ("map", RuleMaps.Endpoints(protocol), $"typeof {target} . numgen random mod 2 : {target}");
            yield return ("map", RuleMaps.NodePortEndpoints(protocol), $"typeof {protocol} dport . numgen random mod 2 : {target}");
        }

        yield return ("set", RuleMaps.ClusterIPs, $"type {address}");
        yield return ("set", RuleMaps.Hairpins, $"type {address} . {address}");
    }

    private IEnumerable<(string Name, string Hook)> Chains()
    {
        if (family == IpFamily.V4) yield return ("guard", "{ type filter hook prerouting priority -300; }");
        yield return ("prerouting", "{ type nat hook prerouting priority -100; }");
        yield return ("output", "{ type nat hook output priority -100; }");
        yield return ("translated-prerouting", "{ type filter hook prerouting priority -90; }");
        yield return ("translated-output", "{ type filter hook output priority -90; }");
        yield return ("postrouting", "{ type nat hook postrouting priority 100; }");
        foreach (var name in new[] { "external", "internal", "translated", "record", "refuse" }) yield return (name, "");
    }

    private IEnumerable<(string Chain, string Rule)> Rules()
    {
        var frontend = $"{family} daddr . meta l4proto . th dport";
        var local = "fib daddr type local meta l4proto . th dport";

        // route_localnet lets 127.0.0.1 node ports work; nobody outside may use it to reach the host's loopback.
        if (family == IpFamily.V4) yield return ("guard", $"iifname != \"lo\" ip daddr {family.Loopback} drop");
        foreach (var cidr in ClusterCidrs()) yield return ("prerouting", $"{family} saddr {cidr} jump internal");
        yield return ("prerouting", "jump external");
        yield return ("output", "jump internal");
        yield return ("output", "jump external");
        yield return ("internal", $"{frontend} vmap @{RuleMaps.InternalServices}");
        yield return ("internal", $"{local} vmap @{RuleMaps.InternalNodePorts}");
        yield return ("external", $"{frontend} vmap @{RuleMaps.Services}");
        yield return ("external", $"{local} vmap @{RuleMaps.NodePorts}");

        yield return ("translated-prerouting", "ct state new jump translated");
        yield return ("translated-output", "ct state new jump translated");
        yield return ("translated", "ct status dnat goto record");
        yield return ("translated", $"{frontend} vmap @{RuleMaps.UnservedServices}");
        yield return ("translated", $"{local} vmap @{RuleMaps.UnservedNodePorts}");
        yield return ("translated", $"{family} daddr @{RuleMaps.ClusterIPs} goto refuse");
        yield return ("refuse", "reject");

        // nft 1.0.6 knows the type of "ct original proto-dst" only after a match on the protocol.
        foreach (var protocol in new[] { "tcp", "udp" })
        {
            var port = "meta l4proto . ct original proto-dst";
            yield return ("record", $"meta l4proto {protocol} ct original {family} daddr . {port} vmap @{RuleMaps.Recorders}");
            yield return ("record", $"meta l4proto {protocol} {port} vmap @{RuleMaps.NodePortRecorders}");
        }

        var mark = BalancerChain.MasqueradeMark;
        yield return ("postrouting", $"meta mark and {mark} == {mark} meta mark set meta mark xor {mark} masquerade");
        yield return ("postrouting", $"ct status dnat {family} saddr . {family} daddr @{RuleMaps.Hairpins} masquerade");
        yield return ("postrouting", $"ct status dnat {family} saddr {family.Loopback} masquerade");
    }

    private IEnumerable<string> ClusterCidrs() => options.ClusterCidrs.Where(cidr => IpFamily.Of(IPNetwork.Parse(cidr).BaseAddress) == family);
}
