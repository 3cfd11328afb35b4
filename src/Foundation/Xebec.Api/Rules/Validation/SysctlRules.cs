using System.Text.RegularExpressions;

namespace Xebec.Api.Rules.Validation;

/// <summary>The names of kernel parameters, written with dots or slashes.</summary>
internal static partial class SysctlRules
{
    private const int MaxLength = 253;
    private const string Form = @"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

    /// <summary>What is wrong with a name; an absent one is reported elsewhere.</summary>
    public static IReadOnlyList<string> Name(string text) =>
        text.Length == 0 || (text.Length <= MaxLength && Names().IsMatch(text)) ? [] : [$"must have at most {MaxLength} characters and match regex {Form}"];

    [GeneratedRegex(Form, RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
