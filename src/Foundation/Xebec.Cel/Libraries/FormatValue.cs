using Xebec.Cel.Values;

namespace Xebec.Cel.Libraries;

/// <summary>A named format of strings.</summary>
/// <param name="name">Its name.</param>
/// <param name="patternLength">How long upstream takes its pattern to be, for the cost of a check.</param>
/// <param name="check">What is wrong with a text; nothing when it has the format.</param>
internal sealed class FormatValue(string name, int patternLength, Func<string, IReadOnlyList<string>> check) : CelOpaque(LibraryTypes.Format)
{
    public string Name { get; } = name;

    public int PatternLength { get; } = patternLength;

    public IReadOnlyList<string> Check(string text) => check(text);

    internal override bool EqualTo(CelValue other) => other is FormatValue theirs && theirs.Name == Name;
}
