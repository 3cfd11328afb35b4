namespace Xebec.Tidy.Tests.Documents;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Language">What follows the fence.</param>
/// <param name="LineBefore">The line above the fence, where a marker may be.</param>
/// <param name="LineNumber">The fence's line, from 1.</param>
/// <param name="Content">What is between the fences.</param>
public sealed record FencedBlock(string Language, string LineBefore, int LineNumber, string Content);
