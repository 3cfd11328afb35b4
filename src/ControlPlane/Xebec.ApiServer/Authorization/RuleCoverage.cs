namespace Xebec.ApiServer.Authorization;

/// <summary>Whether some rules give everything that others give: what nobody may grant who does not have it. Pure.</summary>
internal static class RuleCoverage
{
    /// <summary>The parts of the wanted rules that the own ones do not give, put together again by what they are about.</summary>
    public static IReadOnlyList<RoleRule> Uncovered(IReadOnlyCollection<RoleRule> own, IEnumerable<RoleRule> wanted) =>
        Compact([.. wanted.SelectMany(Parts).Where(part => !own.Any(rule => Covers(rule, part)))]);

    private static IEnumerable<RoleRule> Parts(RoleRule rule)
    {
        foreach (var verb in rule.VerbNames)
        {
            foreach (var path in rule.Paths)
                yield return new RoleRule([verb], [], [], [], [path]);
            foreach (var group in rule.Groups)
            {
                foreach (var resource in rule.Resources)
                {
                    foreach (var name in rule.Names.Count == 0 ? [""] : rule.Names)
                        yield return new RoleRule([verb], [group], [resource], name.Length == 0 ? [] : [name], []);
                }
            }
        }
    }

    private static bool Covers(RoleRule rule, RoleRule part)
    {
        if (!Has(rule.VerbNames, part.VerbNames[0]))
            return false;
        if (part.Paths.Count > 0)
            return rule.HasPath(part.Paths[0]);
        return Has(rule.Groups, part.Groups[0]) && HasResource(rule, part.Resources[0]) &&
            (rule.Names.Count == 0 || (part.Names.Count > 0 && rule.Names.Contains(part.Names[0])));
    }

    private static bool HasResource(RoleRule rule, string resource)
    {
        if (Has(rule.Resources, resource))
            return true;
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && rule.Resources.Contains($"*{resource[slash..]}");
    }

    private static bool Has(IReadOnlyList<string> all, string one) => all.Contains("*") || all.Contains(one);

    private static RoleRule[] Compact(IReadOnlyList<RoleRule> parts) =>
    [
        .. parts.GroupBy(p => (Key(p.Groups), Key(p.Resources), Key(p.Names), Key(p.Paths))).Select(g => new RoleRule(
            [.. g.Select(p => p.VerbNames[0]).Distinct()], g.First().Groups, g.First().Resources, g.First().Names, g.First().Paths)),
    ];

    private static string Key(IReadOnlyList<string> texts) => texts.Count == 0 ? "" : $"={texts[0]}";
}
