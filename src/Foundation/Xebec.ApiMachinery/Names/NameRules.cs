namespace Xebec.ApiMachinery.Names;

/// <summary>
/// The rules of names, keys and labels. Each returns upstream's messages, one for each broken rule, none when the text is right.
/// Lengths are in bytes.
/// </summary>
public static class NameRules
{
    /// <summary>The longest DNS label.</summary>
    public const int LabelMaximumBytes = 63;

    /// <summary>The longest DNS subdomain.</summary>
    public const int SubdomainMaximumBytes = 253;

    private const string LabelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string SubdomainPattern = LabelPattern + "(\\." + LabelPattern + ")*";
    private const string QualifiedPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    private const string LabelMessage = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
        + "and must start and end with an alphanumeric character";

    private const string SubdomainMessage = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' "
        + "or '.', and must start and end with an alphanumeric character";

    private const string Label1035Message = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', "
        + "start with an alphabetic character, and end with an alphanumeric character";

    private const string WildcardMessage = "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, "
        + "which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";

    private const string QualifiedMessage = "must consist of alphanumeric characters, '-', '_' or '.', "
        + "and must start and end with an alphanumeric character";

    private const string LabelValueMessage = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' "
        + "or '.', and must start and end with an alphanumeric character";

    /// <summary>A DNS label (RFC 1123): the name of a namespace, container or port's service.</summary>
    public static IReadOnlyList<string> DnsLabel(string text) => NameText.Check(
        text, LabelMaximumBytes, NameText.IsDnsLabel(text), LabelMessage, LabelPattern, "my-name", "123-abc");

    /// <summary>A DNS subdomain (RFC 1123): the name of most objects.</summary>
    public static IReadOnlyList<string> DnsSubdomain(string text) => NameText.Check(
        text, SubdomainMaximumBytes, NameText.IsDnsSubdomain(text), SubdomainMessage, SubdomainPattern, "example.com");

    /// <summary>A DNS subdomain that resolvers search: its labels may hold underscores, and start with one.</summary>
    public static IReadOnlyList<string> DnsSearchDomain(string text) => NameText.Check(
        text,
        SubdomainMaximumBytes,
        NameText.IsDnsSearchDomain(text),
        SubdomainMessage,
        "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*",
        "example.com");

    /// <summary>A DNS label (RFC 1035), which starts with a letter: the name of a Service.</summary>
    public static IReadOnlyList<string> Dns1035Label(string text) => NameText.Check(
        text,
        LabelMaximumBytes,
        NameText.IsDnsLabel(text) && !char.IsAsciiDigit(text[0]),
        Label1035Message,
        "[a-z]([-a-z0-9]*[a-z0-9])?",
        "my-name",
        "abc-123");

    /// <summary>A subdomain whose first label is <c>*</c>: a wildcard host.</summary>
    public static IReadOnlyList<string> WildcardDnsSubdomain(string text) => NameText.Check(
        text,
        SubdomainMaximumBytes,
        text.StartsWith("*.", StringComparison.Ordinal) && NameText.IsDnsSubdomain(text.AsSpan(2)),
        WildcardMessage,
        "\\*\\." + SubdomainPattern,
        "*.example.com");

    /// <summary>A name with an optional DNS prefix and slash: the key of a label or annotation, a finalizer, a resource's name.</summary>
    public static IReadOnlyList<string> QualifiedName(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash != text.LastIndexOf('/'))
        {
            const string Suffix = " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
            var message = NameText.PatternMessage(QualifiedMessage, QualifiedPattern, "MyName", "my.name", "123-abc");
            return ["a qualified name " + message + Suffix];
        }

        var errors = new List<string>();
        if (slash == 0)
            errors.Add("prefix part must be non-empty");
        else if (slash > 0)
            errors.AddRange(DnsSubdomain(text[..slash]).Select(e => "prefix part " + e));
        AddNamePart(errors, text[(slash + 1)..]);
        return errors.Count == 0 ? [] : errors;
    }

    /// <summary>The value of a label.</summary>
    public static IReadOnlyList<string> LabelValue(string text) => NameText.Check(
        text,
        LabelMaximumBytes,
        text.Length == 0 || NameText.IsQualifiedPart(text),
        LabelValueMessage,
        $"({QualifiedPattern})?",
        "MyValue",
        "my_value",
        "12345");

    /// <summary>A name that can stand in a URL's path: RBAC objects and others that need not be DNS names.</summary>
    public static IReadOnlyList<string> PathSegment(string text)
    {
        if (text is "." or "..")
            return [$"may not be '{text}'"];
        var errors = new List<string>();
        foreach (var forbidden in "/%")
        {
            if (text.Contains(forbidden, StringComparison.Ordinal))
                errors.Add($"may not contain '{forbidden}'");
        }

        return errors;
    }

    /// <summary>The key of a ConfigMap or Secret, which becomes a file name.</summary>
    public static IReadOnlyList<string> ConfigMapKey(string text)
    {
        var errors = new List<string>(NameText.Check(
            text,
            SubdomainMaximumBytes,
            NameText.IsConfigKey(text),
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
            "[-._a-zA-Z0-9]+",
            "key.name",
            "KEY_NAME",
            "key-name"));
        if (text is "." or "..")
            errors.Add($"must not be '{text}'");
        else if (text.StartsWith("..", StringComparison.Ordinal))
            errors.Add("must not start with '..'");
        return errors;
    }

    /// <summary>The name of an environment variable: printable ASCII but '='.</summary>
    public static IReadOnlyList<string> EnvironmentVariable(string text) =>
        text.Length == 0 ? ["environment variable name must be non-empty"]
        : text.AsSpan().ContainsAnyExceptInRange(' ', '~') || text.Contains('=', StringComparison.Ordinal)
            ? ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
            : [];

    /// <summary>A C identifier.</summary>
    public static IReadOnlyList<string> CIdentifier(string text) => NameText.Check(
        text,
        int.MaxValue,
        NameText.IsCIdentifier(text),
        "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
        "[A-Za-z_][A-Za-z0-9_]*",
        "my_name",
        "MY_NAME",
        "MyName");

    /// <summary>The name of an HTTP header.</summary>
    public static IReadOnlyList<string> HttpHeader(string text) => NameText.Check(
        text,
        int.MaxValue,
        NameText.IsHeader(text),
        "a valid HTTP header must consist of alphanumeric characters or '-'",
        "[-A-Za-z0-9]+",
        "X-Header-Name");

    private static void AddNamePart(List<string> errors, string name)
    {
        if (name.Length == 0)
            errors.Add("name part must be non-empty");
        else if (NameText.Utf8Length(name) > LabelMaximumBytes)
            errors.Add("name part " + NameText.TooLong(LabelMaximumBytes));
        if (!NameText.IsQualifiedPart(name))
            errors.Add("name part " + NameText.PatternMessage(QualifiedMessage, QualifiedPattern, "MyName", "my.name", "123-abc"));
    }
}
