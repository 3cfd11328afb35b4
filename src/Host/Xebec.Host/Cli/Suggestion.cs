namespace Xebec.Host.Cli;

/// <summary>Finds what the user probably meant.</summary>
internal static class Suggestion
{
    private const int MaxDistance = 3;

    /// <summary>The candidate nearest to the word; null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
        .Where(one => one.Distance <= Math.Min(MaxDistance, word.TrimStart('-').Length / 2))
        .OrderBy(one => one.Distance).ThenBy(one => one.Candidate, StringComparer.Ordinal)
        .Select(one => one.Candidate).FirstOrDefault();

    /// <summary>Number of insertions, deletions, replacements and swaps of neighbours that make one word the other.</summary>
    internal static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replace, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[left.Length, right.Length];
    }
}
