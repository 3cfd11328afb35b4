using System.Text.RegularExpressions;
using Xebec.Tidy.Tests.Documents;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>
/// A command that a README shows is run by a test: its block is ```console, under a line &lt;!-- run: id --&gt;, which
/// tests/Xebec.EndToEnd.Tests finds. Ids are unique.
/// </summary>
public static partial class ExamplesAreRun
{
    public const string Name = "examples";
    private static readonly string[] Shells = ["sh", "bash", "shell", "console"];

    public static IEnumerable<Finding> Check(IReadOnlyCollection<MarkdownFile> files)
    {
        var blocks = files.SelectMany(file => file.Blocks, (file, block) => (file.Path, block, Id: Marker().Match(block.LineBefore).Groups[1].Value)).ToList();
        foreach (var (path, block, id) in blocks)
            if (Shells.Contains(block.Language) && (block.Language != "console" || id.Length == 0))
                yield return new Finding(Name, path, $"line-{block.LineNumber}", 1, $"line {block.LineNumber}: a {block.Language} block that no test runs; write <!-- run: id --> and ```console");
            else if (block.Language == "console" && !block.Content.Split('\n').Any(line => line.StartsWith("$ ", StringComparison.Ordinal)))
                yield return new Finding(Name, path, id, 1, $"line {block.LineNumber}: no line of the block is a command ($ ...)");
        foreach (var same in blocks.Where(one => one.Id.Length > 0).GroupBy(one => one.Id).Where(same => same.Count() > 1))
            yield return new Finding(Name, same.Last().Path, same.Key, 1, $"the id {same.Key} is taken by {same.First().Path}");
    }

    [GeneratedRegex(@"^<!-- run: ([a-z0-9-]+) -->$")]
    private static partial Regex Marker();
}
