using System.IO.Compression;
using System.Text;
using Xebec.ApiMachinery.Schema;

namespace Xebec.Api;

/// <summary>What the built-in types and their fields are for, in words. Read when asked for and meant to be let go of again.</summary>
public sealed class Descriptions
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private Descriptions()
    {
    }

    /// <summary>Reads every description from the compressed resource; about a megabyte while it is held.</summary>
    public static Descriptions Read()
    {
        var descriptions = new Descriptions();
        using var resource = typeof(Descriptions).Assembly.GetManifestResourceStream("Descriptions.gz")!;
        using var lines = new StreamReader(new GZipStream(resource, CompressionMode.Decompress), Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            var end = line.LastIndexOf('\t');
            descriptions._texts.Add(line[..end], line[(end + 1)..].Replace("\\n", "\n", StringComparison.Ordinal));
        }

        return descriptions;
    }

    /// <summary>The description of a type, null when there is none.</summary>
    public string? Of(StructSchema type) => _texts.GetValueOrDefault(type.FullName + "\t");

    /// <summary>The description of a type's field, null when there is none.</summary>
    public string? Of(StructSchema type, FieldSchema field) =>
        _texts.GetValueOrDefault($"{(field.InlinedFrom ?? type).FullName}\t{field.Name}");
}
