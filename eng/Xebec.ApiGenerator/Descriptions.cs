using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Xml;
using Xebec.ApiMachinery.Schema;

namespace Xebec.ApiGenerator;

/// <summary>
/// Writes what fields are for, as Xebec.Api embeds it: lines of <c>type TAB field TAB text</c>, compressed. The texts are those of the
/// KubernetesClient package's documentation, which come from the API's own.
/// </summary>
internal sealed class Descriptions(SchemaSet schema)
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, string> _found = new(StringComparer.Ordinal);

    /// <summary>Writes the texts of every type of the schema to a file.</summary>
    public void WriteTo(string file)
    {
        ReadTexts();
        foreach (var type in schema.Structs.Values)
            AddType(type);
        using var zipped = new GZipStream(File.Create(file), CompressionLevel.SmallestSize);
        foreach (var (name, text) in _found)
            zipped.Write(Encoding.UTF8.GetBytes($"{name}\t{text.Replace("\n", "\\n", StringComparison.Ordinal)}\n"));
    }

    private void AddType(StructSchema type)
    {
        var model = ModelOf(type);
        if (model is null)
            return;
        Add($"{type.FullName}\t", $"T:k8s.Models.{model}");
        foreach (var field in type.Fields)
        {
            var owner = field.InlinedFrom ?? type;
            var property = CSharpNames.Pascal(field.Name.TrimStart('$'));
            if (!Add($"{owner.FullName}\t{field.Name}", $"P:k8s.Models.{model}.{property}"))
                Add($"{owner.FullName}\t{field.Name}", $"P:k8s.Models.{model}.{property}Property");
        }
    }

    // A name that two groups have is prefixed with the group's there: Corev1Event.
    private string? ModelOf(StructSchema type)
    {
        var parts = type.Package.Split('/');
        string[] candidates = [CSharpNames.Pascal(parts[0]) + parts[1] + type.Name, CSharpNames.Pascal(parts[1]) + type.Name];
        return Array.Find(candidates, c => _texts.ContainsKey($"T:k8s.Models.{c}"));
    }

    private bool Add(string name, string member)
    {
        if (!_texts.TryGetValue(member, out var text) || text.Length == 0)
            return false;
        _found.TryAdd(name, text);
        return true;
    }

    private void ReadTexts()
    {
        var file = typeof(Descriptions).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(a => a.Key == "KubernetesClientDocumentation").Value!;
        using var reader = XmlReader.Create(file);
        while (reader.ReadToFollowing("member"))
        {
            var name = reader.GetAttribute("name")!;
            if (name.StartsWith("T:k8s.Models.", StringComparison.Ordinal) || name.StartsWith("P:k8s.Models.", StringComparison.Ordinal))
                _texts.TryAdd(name, reader.ReadToDescendant("summary") ? Unwrap(reader.ReadInnerXml()) : "");
        }
    }

    // The package wraps lines at 80 columns: a blank line ends a paragraph, any other line end is a space.
    private static string Unwrap(string xml)
    {
        var text = System.Net.WebUtility.HtmlDecode(xml);
        var paragraphs = text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim())
            .Aggregate(new List<string> { "" }, static (all, line) =>
            {
                if (line.Length == 0)
                    all.Add("");
                else
                    all[^1] = all[^1].Length == 0 ? line : $"{all[^1]} {line}";
                return all;
            });
        return string.Join("\n\n", paragraphs.Where(p => p.Length > 0)).Replace('\t', ' ');
    }
}
