namespace Xebec.Cel;

/// <summary>An expression does not parse or check; the message lists every issue with its place, in upstream's form.</summary>
public sealed class CelCompileException : Exception
{
    internal CelCompileException(string message, IReadOnlyList<CelIssue> issues)
        : base(message) => Issues = issues;

    /// <summary>The mistakes in the order of their places.</summary>
    public IReadOnlyList<CelIssue> Issues { get; }
}
