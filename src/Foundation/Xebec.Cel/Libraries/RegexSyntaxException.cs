namespace Xebec.Cel.Libraries;

/// <summary>A pattern that RE2 refuses; never leaves <see cref="Re2"/>.</summary>
internal sealed class RegexSyntaxException(string what, string where) : Exception($"error parsing regexp: {what}: `{where}`");
