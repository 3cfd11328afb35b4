using System.Text;

namespace Xebec.ApiMachinery.Structural;

/// <summary>
/// A path to a field as definitions give it (fieldPath of a rule, jsonPath of a selectable field), followed through a schema:
/// <c>.spec.foo</c>, <c>.labels['a.b']</c>. Pure.
/// </summary>
public sealed class SchemaFieldPath
{
    private readonly StringBuilder _text = new();
    private StructuralSchema? _at;

    private SchemaFieldPath(StructuralSchema schema) => _at = schema;

    /// <summary>The schema at the end of the path; null below members of any form.</summary>
    public StructuralSchema? Schema => _at;

    /// <summary>The first field.</summary>
    public string First { get; private set; } = "";

    /// <summary>Why the path leads nowhere, null when it does.</summary>
    public string? Error { get; private init; }

    /// <summary>Follows a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="schema">Where it starts.</param>
    /// <param name="allowBrackets">Whether ['name'] may stand for .name.</param>
    public static SchemaFieldPath Follow(string path, StructuralSchema schema, bool allowBrackets = true)
    {
        var walk = new SchemaFieldPath(schema);
        var at = 0;
        while (at < path.Length)
        {
            if (walk.Step(path, ref at, allowBrackets) is { } error)
                return new SchemaFieldPath(schema) { Error = error };
        }

        return walk;
    }

    /// <summary>The path as errors show it: fields after dots, keys of maps in brackets.</summary>
    public override string ToString() => _text.ToString();

    private string? Step(string path, ref int at, bool allowBrackets)
    {
        var token = Token(path, ref at);
        if (token == ".")
            return at == path.Length ? EndOfPath : Enter(Token(path, ref at));
        if (token != "[")
            return $"expected [ or . but got: {token}";
        if (!allowBrackets)
            return "array notation is not allowed";
        if (at == path.Length)
            return EndOfPath;
        var quoted = Token(path, ref at);
        if (quoted.Length < 2 || quoted[0] != '\'' || quoted[^1] != '\'')
            return $"expected single quoted string but got {quoted}";
        if (Enter(quoted[1..^1].Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)) is { } error)
            return error;
        if (at == path.Length)
            return EndOfPath;
        return Token(path, ref at) is var close && close == "]" ? null : $"expected ] but got {close}";
    }

    private const string EndOfPath = "unexpected end of JSON path";

    private string? Enter(string name)
    {
        if (_at is { Properties.Count: > 0 } fields)
        {
            if (_text.Length > 0)
                _text.Append('.');
            _text.Append(name);
            if (!fields.Properties.TryGetValue(name, out var below))
                return "does not refer to a valid field";
            _at = below;
        }
        else if (_at?.AdditionalProperties is { } values)
        {
            _text.Append('[').Append(name).Append(']');
            _at = values;
        }
        else
        {
            return "does not refer to a valid field";
        }

        if (First.Length == 0)
            First = name;
        return null;
    }

    // A dot, a bracket, a quoted name, or what is between them.
    private static string Token(string path, ref int at)
    {
        var start = at;
        if (path[at] == '\'')
        {
            for (at++; at < path.Length; at++)
            {
                if (path[at] == '\'' && path[at - 1] != '\\')
                    return path[start..++at];
            }

            return path[start..];
        }

        if (path[at] is '.' or '[' or ']')
            return path[at++].ToString();
        at = path.AsSpan(at).IndexOfAny('.', '[', ']') is >= 0 and var next ? at + next : path.Length;
        return path[start..at];
    }
}
