namespace Xebec.ApiMachinery.Names;

/// <summary>The rules of ports and percentages, in upstream's words; no messages when the value is right.</summary>
public static class PortRules
{
    private const string PercentMessage = "a valid percent string must be a numeric string followed by an ending '%'";

    /// <summary>A port number, 1 to 65535.</summary>
    public static IReadOnlyList<string> Number(long port) =>
        port is >= 1 and <= 65535 ? [] : [InRange(1, 65535)];

    /// <summary>A port's name: at most 15 of a-z, 0-9 and '-', with a letter.</summary>
    public static IReadOnlyList<string> Name(string port)
    {
        var errors = new List<string>();
        if (port.Length > 15)
            errors.Add(NameText.TooLong(15));
        if (!IsNameText(port))
            errors.Add("must contain only alphanumeric characters (a-z, 0-9), and hyphens (-)");
        if (!port.AsSpan().ContainsAnyInRange('a', 'z'))
            errors.Add("must contain at least one letter (a-z)");
        if (port.Contains("--", StringComparison.Ordinal))
            errors.Add("must not contain consecutive hyphens");
        if (port.Length > 0 && (port[0] == '-' || port[^1] == '-'))
            errors.Add("must not begin or end with a hyphen");
        return errors;
    }

    /// <summary>A percentage such as 25%.</summary>
    public static IReadOnlyList<string> Percent(string text) =>
        text.Length > 1 && text[^1] == '%' && !text.AsSpan(..^1).ContainsAnyExceptInRange('0', '9')
            ? []
            : [NameText.PatternMessage(PercentMessage, "[0-9]+%", "1%", "93%")];

    /// <summary>The message for a number out of its range.</summary>
    public static string InRange(long lowest, long highest) => $"must be between {lowest} and {highest}, inclusive";

    private static bool IsNameText(string port)
    {
        foreach (var c in port)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        }

        return port.Length > 0;
    }
}
