namespace Xebec.ApiServer.CustomResources;

/// <summary>The names that definitions of one group have been given.</summary>
internal sealed class NameClaims
{
    private readonly HashSet<string> _resources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);

    /// <summary>Those of a group's definitions.</summary>
    public static NameClaims Of(string group, IEnumerable<Definition> definitions)
    {
        var claims = new NameClaims();
        foreach (var names in definitions.Where(d => d.Group == group).Select(d => d.AcceptedNames))
        {
            claims._resources.Add(names.Plural);
            claims._resources.Add(names.Singular);
            claims._resources.UnionWith(names.ShortNames);
            claims._kinds.Add(names.Kind);
            claims._kinds.Add(names.ListKind);
        }

        return claims;
    }

    /// <summary>What of the names asked for a definition gets, and the first conflict (its reason and message), null when there is none.</summary>
    public (CustomNames Accepted, (string Reason, string Message)? Conflict) Decide(CustomNames wanted, CustomNames accepted)
    {
        (string, string)? conflict = null;
        var plural = Take(wanted.Plural, accepted.Plural, _resources, "PluralConflict", ref conflict);
        var singular = Take(wanted.Singular, accepted.Singular, _resources, "SingularConflict", ref conflict);
        var shortNames = TakeShortNames(wanted.ShortNames, accepted.ShortNames, ref conflict);
        var kind = Take(wanted.Kind, accepted.Kind, _kinds, "KindConflict", ref conflict);
        var listKind = Take(wanted.ListKind, accepted.ListKind, _kinds, "ListKindConflict", ref conflict);
        return (new CustomNames(plural, singular, kind, listKind, shortNames, wanted.Categories), conflict);
    }

    private static string Take(string wanted, string accepted, HashSet<string> used, string reason, ref (string, string)? conflict)
    {
        if (wanted == accepted || wanted.Length == 0 || !used.Contains(wanted))
            return wanted;
        conflict = (reason, InUse(wanted));
        return accepted;
    }

    private IReadOnlyList<string> TakeShortNames(IReadOnlyList<string> wanted, IReadOnlyList<string> accepted, ref (string, string)? conflict)
    {
        var taken = wanted.Where(n => !accepted.Contains(n) && _resources.Contains(n)).Select(InUse).ToArray();
        if (taken.Length == 0)
            return wanted;
        conflict = ("ShortNamesConflict", taken.Length == 1 ? taken[0] : $"[{string.Join(", ", taken)}]");
        return accepted;
    }

    private static string InUse(string name) => $"\"{name}\" is already in use";
}
