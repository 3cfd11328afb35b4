namespace Xebec.ComponentBase.Logging;

/// <summary>The constant part of a log record: its values follow as key="value", so a template is cut before such pairs.</summary>
internal static class KlogMessage
{
    public const string TemplateKey = "{OriginalFormat}";

    public static string Of(string message, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var template = values.Count > 0 && values[^1].Key == TemplateKey ? values[^1].Value as string : null;
        var at = template?.IndexOf('{') ?? -1;
        if (at <= 0) return message;
        var before = template!.AsSpan(0, at).TrimEnd('"');
        if (before.IsEmpty || before[^1] != '=') return message;
        var end = before.LastIndexOf(' ');
        return end <= 0 ? message : before[..end].TrimEnd(" ,:;").ToString();
    }

    /// <summary>Kubernetes' keys begin in lower case.</summary>
    public static string Key(string name) => char.IsAsciiLetterUpper(name[0]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
}
