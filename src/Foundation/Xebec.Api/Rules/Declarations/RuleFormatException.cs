namespace Xebec.Api.Rules.Declarations;

/// <summary>A rules file that is not of the form, or that names a type or field the schema does not have.</summary>
public sealed class RuleFormatException : FormatException
{
    /// <summary>Names the place in the file.</summary>
    public RuleFormatException(string file, int line, string message)
        : base($"{file}:{line}: {message}")
    {
    }
}
