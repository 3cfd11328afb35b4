using System.Text.RegularExpressions;

namespace Xebec.EndToEnd.Tests.Documents;

/// <summary>A command of an example, and the lines that it should print.</summary>
public sealed record ExampleStep(string Command, IReadOnlyList<string> Expected)
{
    /// <summary>Null when the output has the expected lines in their order, else the first that it lacks.</summary>
    public string? FindDifference(string output)
    {
        var lines = output.Split('\n').Select(line => line.Trim()).ToList();
        var next = 0;
        foreach (var expected in Expected.Where(line => line.Trim() != "..."))
        {
            var found = lines.FindIndex(next, line => Pattern(expected).IsMatch(line));
            if (found < 0) return expected;
            next = found + 1;
        }

        return null;
    }

    /// <summary>"..." stands for anything; a run of blanks for any other.</summary>
    private static Regex Pattern(string expected)
    {
        var parts = expected.Trim().Split("...").Select(part => Regex.Replace(Regex.Escape(part), @"(\\ )+", @"\s+"));
        return new Regex($"^{string.Join(".*", parts)}$");
    }
}
