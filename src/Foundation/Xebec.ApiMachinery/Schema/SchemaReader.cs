using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Schema;

/// <summary>
/// Reads schema files (docs/schema.md): line by line, a <c>package</c>, its <c>enum</c>s and its <c>type</c>s with one field a line.
/// All files are added first; the fields of a struct are read from its lines when it is first used.
/// </summary>
public sealed class SchemaReader
{
    private readonly Dictionary<string, StructSchema> _structs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScalarSchema> _enums = new(StringComparer.Ordinal);

    /// <summary>Adds one file's text.</summary>
    /// <exception cref="SchemaFormatException">The text is not of the form.</exception>
    public void Add(string fileName, string text)
    {
        var package = "";
        StructLines? current = null;
        var number = 0;
        for (int start = 0, end; start < text.Length; start = end)
        {
            number++;
            end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            var line = text.AsSpan(start, end - start).TrimEnd();
            if (line.IsEmpty || line.TrimStart()[0] == '#')
                continue;
            if (line[0] == ' ')
                (current ?? throw new SchemaFormatException(fileName, number, "a field outside a type")).End = end;
            else
                current = Declare(new StructLines(this, fileName, text, end, number + 1), line, ref package);
        }
    }

    /// <summary>Returns the finished set, every field of it read: a mistake anywhere is found here.</summary>
    /// <exception cref="SchemaFormatException">A name is unknown or a field is malformed.</exception>
    public SchemaSet Build()
    {
        foreach (var schema in _structs.Values)
            _ = schema.Fields;
        return BuildUnread();
    }

    /// <summary>Returns the finished set of files that are known to be right: a struct's fields are read when it is first used.</summary>
    public SchemaSet BuildUnread() => new(_structs, _enums);

    // A package, an enum or a type; the lines that follow are a type's fields.
    private StructLines? Declare(StructLines lines, ReadOnlySpan<char> declaration, ref string package)
    {
        var words = declaration.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (file, number) = (lines.File, lines.FirstLine - 1);
        switch (words[0])
        {
            case "package":
                package = words[1];
                return null;
            case "enum":
                AddEnum(file, number, package, words);
                return null;
            case "type":
                AddStruct(lines, number, package, words);
                return lines;
            default:
                throw new SchemaFormatException(file, number, $"expected package, enum or type, not '{words[0]}'");
        }
    }

    private void AddEnum(string file, int line, string package, string[] words)
    {
        var name = $"{package}.{words[1]}";
        var constants = Array.ConvertAll(words[2..], Uri.UnescapeDataString);
        if (!_enums.TryAdd(name, new ScalarSchema(ScalarKind.String, name, constants)))
            throw new SchemaFormatException(file, line, $"{name} is defined twice");
    }

    private void AddStruct(StructLines lines, int line, string package, string[] words)
    {
        var schema = new StructSchema(package, words[1], () => lines.Read(package))
        {
            Atomic = Array.IndexOf(words, "atomic", 2) >= 0,
            Union = Array.IndexOf(words, "union", 2) >= 0,
        };
        if (!_structs.TryAdd(schema.FullName, schema))
            throw new SchemaFormatException(lines.File, line, $"{schema.FullName} is defined twice");
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
}
