using System.Text.RegularExpressions;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>Nothing is left for later, sleeps, or skips a test by attribute. (The words are put together here, or this file would break the rule.)</summary>
public static class BannedWords
{
    public const string Name = "banned-words";

    private static readonly Regex[] Patterns =
    [
        new(@"\b" + "TO" + @"DO\b"), new(@"\b" + "FIX" + @"ME\b"), new(@"\b" + "HA" + @"CK\b"), new(@"\bNotImplemented" + @"Exception\b"),
        new(@"\bThread\." + @"Sleep\b"), new(@"[(,]\s*Sk" + @"ip\s*=(?!=)"),
    ];

    public static IEnumerable<Finding> Check(string path, string text) =>
        from pattern in Patterns
        let matches = pattern.Matches(text)
        where matches.Count > 0
        let lines = matches.Select(match => text.AsSpan(0, match.Index).Count('\n') + 1)
        let word = matches[0].Value.Trim(' ', '(', ',', '=')
        select new Finding(Name, path, word, matches.Count, $"{word} in line {string.Join(", ", lines)}");
}
