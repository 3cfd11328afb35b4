namespace Xebec.ApiMachinery.Names;

/// <summary>Names made from metadata.generateName: the prefix and five random letters that make no words.</summary>
public static class GeneratedName
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;

    /// <summary>A name of at most 63 characters; a longer prefix is cut.</summary>
    public static string Create(string prefix, Random random) => Cut(prefix) + Suffix(SuffixLength, random);

    /// <summary>Random letters and digits without vowels, as pods and generated names end with.</summary>
    public static string Suffix(int length, Random random) => random.GetString(Alphabet, length);

    /// <summary>The alphabet-safe form of a hash, which ReplicaSets end with.</summary>
    public static string SafeEncode(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = Alphabet[from[i] % Alphabet.Length];
    });

    /// <summary>The prefix as its name rule sees it: a trailing dash will be followed by a suffix, so it does not count.</summary>
    public static string MaskTrailingDash(string prefix) =>
        prefix.Length > 1 && prefix[^1] == '-' ? string.Concat(prefix.AsSpan(0, prefix.Length - 2), "a") : prefix;

    private static string Cut(string prefix) =>
        prefix.Length > NameRules.LabelMaximumBytes - SuffixLength ? prefix[..(NameRules.LabelMaximumBytes - SuffixLength)] : prefix;
}
