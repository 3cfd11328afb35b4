using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Schema;

/// <summary>
/// Reads schema files (docs/schema.md): line by line, a <c>package</c>, its <c>enum</c>s and its <c>type</c>s with one field a line.
/// All files are added first, then <see cref="Build"/> resolves the names between them.
/// </summary>
public sealed class SchemaReader
{
    private readonly Dictionary<string, StructSchema> _structs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScalarSchema> _enums = new(StringComparer.Ordinal);
    private readonly List<PendingStruct> _pending = [];

    /// <summary>Adds one file's text.</summary>
    /// <exception cref="SchemaFormatException">The text is not of the form.</exception>
    public void Add(string fileName, string text)
    {
        var package = "";
        PendingStruct? current = null;
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan()[range].TrimEnd();
            if (line.IsEmpty || line.TrimStart()[0] == '#')
                continue;
            var words = line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line[0] == ' ')
                (current ?? throw new SchemaFormatException(fileName, number, "a field outside a type")).Lines.Add((number, words));
            else if (words[0] == "package")
                package = words[1];
            else if (words[0] == "enum")
                AddEnum(fileName, number, package, words);
            else if (words[0] == "type")
                current = AddStruct(fileName, number, package, words);
            else
                throw new SchemaFormatException(fileName, number, $"expected package, enum or type, not '{words[0]}'");
        }
    }

    /// <summary>Resolves every name and returns the finished set.</summary>
    /// <exception cref="SchemaFormatException">A name is unknown or a field is malformed.</exception>
    public SchemaSet Build()
    {
        foreach (var pending in _pending)
            Resolve(pending);
        return new SchemaSet(_structs, _enums);
    }

    private void AddEnum(string file, int line, string package, string[] words)
    {
        var name = $"{package}.{words[1]}";
        var constants = words[2..].Select(Uri.UnescapeDataString).ToArray();
        if (!_enums.TryAdd(name, new ScalarSchema(ScalarKind.String, name, constants)))
            throw new SchemaFormatException(file, line, $"{name} is defined twice");
    }

    private PendingStruct AddStruct(string file, int line, string package, string[] words)
    {
        var schema = new StructSchema(package, words[1]) { Atomic = words.Contains("atomic"), Union = words.Contains("union") };
        if (!_structs.TryAdd(schema.FullName, schema))
            throw new SchemaFormatException(file, line, $"{schema.FullName} is defined twice");
        var pending = new PendingStruct(file, schema);
        _pending.Add(pending);
        return pending;
    }

    private void Resolve(PendingStruct pending)
    {
        if (pending.Resolved)
            return;
        pending.Resolved = true;
        var fields = new List<FieldSchema>(pending.Lines.Count);
        foreach (var (line, words) in pending.Lines)
        {
            if (words[0] == "inline")
                Inline(pending, line, words, fields);
            else
                fields.Add(new FieldLine(this, pending.File, line, pending.Schema.Package, words).Read());
        }

        pending.Schema.SetFields(fields);
    }

    private void Inline(PendingStruct pending, int line, string[] words, List<FieldSchema> fields)
    {
        var embedded = FindType(pending.File, line, pending.Schema.Package, words[1]) as StructSchema
            ?? throw new SchemaFormatException(pending.File, line, "only a struct can be inlined");
        Resolve(_pending.First(p => p.Schema == embedded));
        var numbers = words.Length > 2 ? new[] { int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture) } : [];
        foreach (var field in embedded.Fields)
            fields.Add(FieldLine.InlinedCopy(field, embedded, numbers));
    }

    internal TypeSchema FindType(string file, int line, string package, string text)
    {
        if (text.StartsWith("[]", StringComparison.Ordinal))
            return new ListSchema(FindType(file, line, package, text[2..]));
        if (text.StartsWith("map[]", StringComparison.Ordinal))
            return new MapSchema(FindType(file, line, package, text[5..]));
        if (ScalarNames.Find(text) is { } scalar)
            return scalar.Kind >= ScalarKind.JsonSchemaOrArray ? new ScalarSchema(scalar.Kind) { Member = _structs[$"{package}.JSONSchemaProps"] } : scalar;
        var name = text.Contains('/', StringComparison.Ordinal) ? text : $"{package}.{text}";
        if (_structs.TryGetValue(name, out var found))
            return found;
        return _enums.TryGetValue(name, out var known) ? known : throw new SchemaFormatException(file, line, $"unknown type '{text}'");
    }

    private sealed class PendingStruct(string file, StructSchema schema)
    {
        public string File { get; } = file;

        public StructSchema Schema { get; } = schema;

        public List<(int Line, string[] Words)> Lines { get; } = [];

        public bool Resolved { get; set; }
    }
}
