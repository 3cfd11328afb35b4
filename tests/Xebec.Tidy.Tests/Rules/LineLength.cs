using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A line has at most 160 columns; the size is the number of longer ones.</summary>
public static class LineLength
{
    public const string Name = "line-length";
    public const int MaxColumns = 160;

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        var longer = file.Lines.Index().Where(line => line.Item.TrimEnd('\r').Length > MaxColumns).Select(line => line.Index + 1).ToList();
        if (longer.Count > 0)
            yield return new Finding(Name, file.Path, "-", longer.Count, $"longer than {MaxColumns} columns: line {string.Join(", ", longer)}");
    }
}
