using System.Text;
using Xebec.Proxy.Rules;

namespace Xebec.Proxy.Nftables;

/// <summary>Writes transactions in nft's language: pure text, nothing is run.</summary>
internal sealed class NftScript(ProxyOptions options)
{
    /// <summary>The whole table. With <paramref name="replace"/> an old one of the name is dropped in the same transaction.</summary>
    public string Resync(RuleDelta everything, IEnumerable<IpFamily> families, string comment, bool replace)
    {
        var script = new StringBuilder();
        foreach (var family in families)
        {
            if (replace) script.AppendLine($"add table {family} {options.TableName}").AppendLine($"delete table {family} {options.TableName}");
            new TableSchema(options, family).Write(script, comment);
        }

        return Delta(script, everything, new HashSet<string>());
    }

    /// <summary>Only what changed; chains in <paramref name="knownChains"/> are there already.</summary>
    public string Delta(RuleDelta delta, IReadOnlySet<string> knownChains) => Delta(new StringBuilder(), delta, knownChains);

    /// <summary>The name under which a chain is remembered as known.</summary>
    public static string ChainKey(IpFamily family, string name) => $"{family} {name}";

    private string Delta(StringBuilder script, RuleDelta delta, IReadOnlySet<string> knownChains)
    {
        foreach (var chain in delta.Balancers) AddChain(script, chain.Family, chain.Name, chain.Rules(), knownChains);
        foreach (var chain in delta.Recorders) AddChain(script, chain.Family, chain.Name, [chain.Rule], knownChains);
        AppendElements(script, "delete", delta.Removed);
        AppendElements(script, "add", delta.Added);
        return script.ToString();
    }

    private void AddChain(StringBuilder script, IpFamily family, string name, IEnumerable<string> rules, IReadOnlySet<string> knownChains)
    {
        if (knownChains.Contains(ChainKey(family, name))) return;
        var chain = $"{family} {options.TableName} {name}";
        script.AppendLine($"add chain {chain}").AppendLine($"flush chain {chain}");
        foreach (var rule in rules) script.AppendLine($"add rule {chain} {rule}");
    }

    private void AppendElements(StringBuilder script, string verb, List<RuleElement> elements)
    {
        foreach (var group in elements.GroupBy(element => (element.Family, element.Map)))
        {
            script.Append($"{verb} element {group.Key.Family} {options.TableName} {group.Key.Map} {{ ");
            foreach (var element in group) script.Append(verb == "add" ? element.Text : element.Key).Append(", ");
            script.Length -= 2;
            script.AppendLine(" }");
        }
    }
}
