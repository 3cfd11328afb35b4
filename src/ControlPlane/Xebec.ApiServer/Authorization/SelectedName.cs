using Xebec.ApiMachinery.Selectors;

namespace Xebec.ApiServer.Authorization;

/// <summary>
/// What a field selector pins a field to. It is parsed as the reading of the list parses it: text that merely looks like a condition (in an
/// escaped value) must not widen what somebody may read.
/// </summary>
internal static class SelectedName
{
    /// <summary>The one object that a list or watch is about; empty when it is about more.</summary>
    public static string In(string fieldSelector) =>
        Value(fieldSelector, "metadata.name") is { } name && name is not ("." or "..") && name.AsSpan().IndexOfAny('/', '%') < 0 ? name : "";

    /// <summary>The value that a field must have; null when the selector does not say.</summary>
    public static string? Value(string fieldSelector, string field)
    {
        if (!fieldSelector.Contains(field, StringComparison.Ordinal))
            return null;
        try
        {
            return FieldSelector.Parse(fieldSelector).ExactMatch(field);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
