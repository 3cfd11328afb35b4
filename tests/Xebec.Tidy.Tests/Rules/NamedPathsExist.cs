using System.Text.RegularExpressions;
using Xebec.Tidy.Tests.Documents;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A path of the repository that a document names in a code span exists.</summary>
public static partial class NamedPathsExist
{
    public const string Name = "named-paths";

    public static IEnumerable<Finding> Check(MarkdownFile file, Func<string, bool> exists) =>
        from span in file.CodeSpans.Distinct()
        where RepositoryPath().IsMatch(span) && !exists(span.TrimEnd('/'))
        select new Finding(Name, file.Path, span.Replace(' ', '_'), 1, $"names {span}, which does not exist");

    // A placeholder in capitals or braces (Registry/GROUP/KIND, {A,B}) is no path.
    [GeneratedRegex(@"^(src|tests|eng|docs|samples|bench)/[A-Za-z0-9_./-]*$")]
    private static partial Regex RepositoryPath();
}
