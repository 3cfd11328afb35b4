using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Xebec.Cel.Libraries;

/// <summary>Patterns in RE2's syntax, matched in linear time. Compiled ones are kept for a while: rules run with the same few patterns.</summary>
internal static class Re2
{
    private const int MaximumKept = 512;
    private static readonly ConcurrentDictionary<string, (Regex? Regex, string? Error)> Kept = new(StringComparer.Ordinal);

    /// <summary>The compiled pattern; null, with RE2's message, when it is none.</summary>
    public static Regex? Compile(string pattern, out string? error)
    {
        if (!Kept.TryGetValue(pattern, out var compiled))
        {
            compiled = Create(pattern);
            if (Kept.Count >= MaximumKept)
                Kept.Clear();
            Kept[pattern] = compiled;
        }

        error = compiled.Error;
        return compiled.Regex;
    }

    private static (Regex? Regex, string? Error) Create(string pattern)
    {
        try
        {
            var translated = new Re2Translator(pattern).Translate();
            return (new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), null);
        }
        catch (Exception wrong) when (wrong is RegexSyntaxException or ArgumentException or NotSupportedException or InsufficientExecutionStackException)
        {
            return (null, wrong is RegexSyntaxException ? wrong.Message : $"error parsing regexp: expression too large: `{pattern}`");
        }
    }
}
