using System.Text.RegularExpressions;
using Xebec.Tidy.Tests.Documents;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A block of figures in a document is the first table of the results file that it names.</summary>
public static partial class FiguresAreCopies
{
    public const string Name = "figures";

    public static IEnumerable<Finding> Check(MarkdownFile file, Func<string, string?> read)
    {
        foreach (Match block in Figures().Matches(file.Text))
        {
            var source = block.Groups["file"].Value;
            if (read(source) is not { } results) yield return new Finding(Name, file.Path, source, 1, $"{source} does not exist");
            else if (Table(results) != Table(block.Groups["body"].Value))
                yield return new Finding(Name, file.Path, source, 1, $"the figures are not those of {source}: run eng/capture-readme --figures");
        }
    }

    private static string Table(string text) =>
        string.Join('\n', text.Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')));

    [GeneratedRegex(@"<!-- figures: (?<file>\S+) -->\n(?<body>.*?)<!-- /figures -->", RegexOptions.Singleline)]
    private static partial Regex Figures();
}
