namespace Xebec.ApiServer.Authorization;

/// <summary>The usual verbs as bits, so that a rule for other verbs is passed over with one comparison.</summary>
internal static class Verbs
{
    /// <summary>The bit of every verb that is not a usual one; its text decides.</summary>
    public const int Other = 1 << 8;

    public static int BitOf(string verb) => verb switch
    {
        "get" => 1,
        "list" => 1 << 1,
        "watch" => 1 << 2,
        "create" => 1 << 3,
        "update" => 1 << 4,
        "patch" => 1 << 5,
        "delete" => 1 << 6,
        "deletecollection" => 1 << 7,
        _ => Other,
    };

    public static int MaskOf(IReadOnlyList<string> verbs)
    {
        var mask = 0;
        foreach (var verb in verbs)
            mask |= verb == "*" ? ~0 : BitOf(verb);
        return mask;
    }
}
