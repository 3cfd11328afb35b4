using System.Text.RegularExpressions;

namespace Xebec.EndToEnd.Tests.Documents;

/// <summary>One example of a README: the commands of a ```console block under &lt;!-- run: id --&gt;, and what they should print.</summary>
/// <param name="File">The document, relative to the checkout.</param>
/// <param name="Id">The example's name.</param>
/// <param name="Steps">Each command with the lines that it should print; "..." stands for anything.</param>
public sealed partial record Example(string File, string Id, IReadOnlyList<ExampleStep> Steps)
{
    /// <summary>All examples of a document, in their order.</summary>
    public static IEnumerable<Example> Read(string file, string text) =>
        Block().Matches(text).Select(block => new Example(file, block.Groups["id"].Value, [.. ReadSteps(block.Groups["body"].Value)]));

    public override string ToString() => $"{File}: {Id}";

    private static IEnumerable<ExampleStep> ReadSteps(string body)
    {
        foreach (var part in CommandStart().Split("\n" + body).Skip(1))
        {
            var lines = part.Split('\n');
            var end = Array.FindIndex(lines, line => !line.EndsWith('\\')) + 1;
            yield return new ExampleStep(string.Join('\n', lines[..end]), [.. lines[end..].Where(line => line.Trim().Length > 0)]);
        }
    }

    [GeneratedRegex(@"<!-- run: (?<id>[a-z0-9-]+) -->\n```console\n(?<body>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\n\$ ")]
    private static partial Regex CommandStart();
}
