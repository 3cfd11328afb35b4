using System.Globalization;

namespace Xebec.ApiMachinery.Schema;

/// <summary>The lines of a schema file that hold a struct's fields, kept until someone asks for them.</summary>
internal sealed class StructLines(SchemaReader reader, string file, string text, int start, int firstLine)
{
    private int _length;

    public string File => file;

    public int FirstLine => firstLine;

    /// <summary>Where in the text its last line ends.</summary>
    public int End
    {
        set => _length = value - start;
    }

    public List<FieldSchema> Read(string package)
    {
        var fields = new List<FieldSchema>();
        var number = firstLine;
        foreach (var range in text.AsSpan(start, _length).Split('\n'))
        {
            var words = text.AsSpan(start, _length)[range].Trim().ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && words[0][0] != '#')
                Add(fields, package, number, words);
            number++;
        }

        return fields;
    }

    private void Add(List<FieldSchema> fields, string package, int line, string[] words)
    {
        if (words[0] == "inline")
            Inline(fields, package, line, words);
        else
            fields.Add(new FieldLine(reader, file, line, package, words).Read());
    }

    private void Inline(List<FieldSchema> fields, string package, int line, string[] words)
    {
        var embedded = reader.FindType(file, line, package, words[1]) as StructSchema
            ?? throw new SchemaFormatException(file, line, "only a struct can be inlined");
        var numbers = words.Length > 2 ? new[] { int.Parse(words[2], CultureInfo.InvariantCulture) } : [];
        foreach (var field in embedded.Fields)
            fields.Add(FieldLine.InlinedCopy(field, embedded, numbers));
    }
}
