using Xebec.Tidy.Tests.Sources;

namespace Xebec.Tidy.Tests.Rules;

/// <summary>A C# file has at most 300 lines.</summary>
public static class FileLength
{
    public const string Name = "file-length";
    public const int MaxLines = 300;

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (file.LineCount > MaxLines)
            yield return new Finding(Name, file.Path, "-", file.LineCount, $"{file.LineCount} lines, at most {MaxLines}: take a part out");
    }
}
