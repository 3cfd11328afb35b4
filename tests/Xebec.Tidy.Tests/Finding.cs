namespace Xebec.Tidy.Tests;

/// <summary>One place that breaks a rule.</summary>
/// <param name="Rule">The rule's name, as in allowed.txt.</param>
/// <param name="Path">The file, relative to the repository, with forward slashes.</param>
/// <param name="Name">What in the file; "-" for the file itself.</param>
/// <param name="Size">How far it goes: lines, columns or a count; 1 where there is nothing to measure.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record Finding(string Rule, string Path, string Name, int Size, string Message);
