namespace Xebec.ApiServer.Encryption;

/// <summary>Resources of an encryption configuration: secrets, deployments.apps, *.apps, *. (the core group) or *.* (all).</summary>
/// <param name="Plural">A plural, or * for all.</param>
/// <param name="Group">A group, empty for the core group, or * for all.</param>
internal readonly record struct ResourcePattern(string Plural, string Group)
{
    public static ResourcePattern Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new(text, "") : new(text[..dot], text[(dot + 1)..]);
    }

    public bool Matches(string group, string plural) => (Group == "*" || Group == group) && (Plural == "*" || Plural == plural);
}
