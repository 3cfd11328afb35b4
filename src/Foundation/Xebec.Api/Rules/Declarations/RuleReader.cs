using Xebec.ApiMachinery.Schema;

namespace Xebec.Api.Rules.Declarations;

/// <summary>
/// Reads a rules file (docs/rules.md): a <c>package</c>, then for each <c>type</c> (or several, separated by commas) its fields, one
/// a line. Every name is checked against the schema.
/// </summary>
internal sealed class RuleReader(string file, SchemaSet schema)
{
    private readonly Dictionary<string, (RuleLine Header, List<RuleLine> Lines)> _types = new(StringComparer.Ordinal);
    private List<string> _current = [];
    private string _package = "";

    /// <summary>The rules by the full name of their type.</summary>
    public Dictionary<string, TypeRules> Read(string text)
    {
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan()[range].TrimEnd();
            if (line.IsEmpty || line.TrimStart()[0] == '#')
                continue;
            ReadLine(number, line[0] == ' ', Words(line.ToString()));
        }

        var result = new Dictionary<string, TypeRules>(_types.Count, StringComparer.Ordinal);
        foreach (var (name, (header, lines)) in _types)
            result.Add(name, new TypeRules(header, lines));
        return result;
    }

    private void ReadLine(int number, bool indented, List<string> words)
    {
        if (indented)
            AddField(number, words);
        else if (words[0] == "package" && words.Count == 2)
            _package = words[1];
        else if (words[0] == "type" && words.Count >= 2)
            AddType(number, words);
        else
            throw new RuleFormatException(file, number, $"expected package or type, not '{words[0]}'");
    }

    private void AddType(int number, List<string> words)
    {
        _current = [];
        foreach (var name in words[1].Split(','))
        {
            var full = $"{_package}.{name}";
            if (!schema.Structs.ContainsKey(full))
                throw new RuleFormatException(file, number, $"unknown type {full}");
            if (!_types.TryAdd(full, (new RuleLine(file, number, [name], Attributes(words, 2)), [])))
                throw new RuleFormatException(file, number, $"{full} has rules twice");
            _current.Add(full);
        }
    }

    private void AddField(int number, List<string> words)
    {
        if (_current.Count == 0)
            throw new RuleFormatException(file, number, "a field outside a type");
        var line = new RuleLine(file, number, words[0].Split('.'), Attributes(words, 1));
        foreach (var type in _current)
        {
            CheckPath(schema[type], line);
            _types[type].Lines.Add(line);
        }
    }

    private static void CheckPath(StructSchema start, RuleLine line)
    {
        StructSchema? type = start;
        foreach (var name in line.Path)
        {
            if (type is null)
                throw line.Error($"nothing below '{name}'");
            var field = type.Field(name) ?? throw line.Error($"{type} has no field '{name}'");
            type = FieldShape.Of(field.Type).Struct;
        }
    }

    private static List<KeyValuePair<string, string?>> Attributes(List<string> words, int from)
    {
        var attributes = new List<KeyValuePair<string, string?>>(words.Count - from);
        for (var i = from; i < words.Count; i++)
        {
            var at = words[i].IndexOf('=', StringComparison.Ordinal);
            attributes.Add(at < 0 ? new(words[i], null) : new(words[i][..at], words[i][(at + 1)..]));
        }

        return attributes;
    }

    // Words end at blanks, but not at blanks inside double quotes (JSON strings).
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var (start, quoted) = (-1, false);
        for (var i = 0; i <= line.Length; i++)
        {
            var end = i == line.Length || (line[i] == ' ' && !quoted);
            if (!end && line[i] == '"' && line[i - 1] != '\\')
                quoted = !quoted;
            if (!end && start < 0)
                start = i;
            if (end && start >= 0)
            {
                words.Add(line[start..i]);
                start = -1;
            }
        }

        return words;
    }
}
