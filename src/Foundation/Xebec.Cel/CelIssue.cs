namespace Xebec.Cel;

/// <summary>One mistake in an expression.</summary>
/// <param name="Line">The line, from 1; -1 when the whole expression is meant.</param>
/// <param name="Column">The column, from 0, in code points.</param>
/// <param name="Message">What is wrong, in upstream's words.</param>
public sealed record CelIssue(int Line, int Column, string Message);
