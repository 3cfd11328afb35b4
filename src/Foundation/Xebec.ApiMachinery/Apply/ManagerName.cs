using System.Text;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiMachinery.Apply;

/// <summary>The name of a field manager.</summary>
public static class ManagerName
{
    /// <summary>The longest name, in bytes.</summary>
    public const int MaximumBytes = 128;

    /// <summary>
    /// The fieldManager parameter, or when it is empty the user agent up to its first slash, printable and cut; "unknown" at last.
    /// </summary>
    public static string Of(string? fieldManager, string? userAgent)
    {
        if (!string.IsNullOrEmpty(fieldManager))
            return fieldManager;
        var agent = userAgent.AsSpan();
        var slash = agent.IndexOf('/');
        var name = Printable(slash < 0 ? agent : agent[..slash]);
        return name.Length == 0 ? "unknown" : name;
    }

    /// <summary>Adds an error for each broken rule of the fieldManager parameter; an apply patch must have one.</summary>
    public static void Check(string? fieldManager, bool isApply, List<FieldError> errors)
    {
        var path = FieldPath.Root("fieldManager");
        if (string.IsNullOrEmpty(fieldManager))
        {
            if (isApply)
                errors.Add(FieldError.Required(path, "is required for apply patch"));
            return;
        }

        if (Encoding.UTF8.GetByteCount(fieldManager) > MaximumBytes)
            errors.Add(FieldError.TooLong(path, MaximumBytes));
        var position = 0;
        foreach (var rune in fieldManager.EnumerateRunes())
        {
            if (!GoText.IsPrintable(rune))
                errors.Add(FieldError.Invalid(path, fieldManager, $"invalid character U+{rune.Value:X4} (at position {position})"));
            position += rune.Utf8SequenceLength;
        }
    }

    private static string Printable(ReadOnlySpan<char> agent)
    {
        var name = new StringBuilder(agent.Length);
        var bytes = 0;
        foreach (var rune in agent.EnumerateRunes())
        {
            if (!GoText.IsPrintable(rune))
                continue;
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaximumBytes)
                break;
            name.Append(rune);
        }

        return name.ToString();
    }
}
