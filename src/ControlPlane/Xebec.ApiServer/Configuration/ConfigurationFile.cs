using System.Text;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;
using Xebec.ApiMachinery.Yaml;

namespace Xebec.ApiServer.Configuration;

/// <summary>Reads the YAML or JSON files that a server is configured with, against their schema; what it does not know is refused.</summary>
internal static class ConfigurationFile
{
    private static readonly Lazy<SchemaSet> Schema = new(ReadSchema);

    /// <summary>The file's object, with every field of the right type.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">The schema's type, for example audit/v1.Policy.</param>
    /// <param name="apiVersions">The apiVersions it may have.</param>
    /// <exception cref="ConfigurationException">It can't be read, or is something else.</exception>
    public static ObjectValue Read(string path, string type, params ReadOnlySpan<string> apiVersions)
    {
        try
        {
            var (json, repeated) = YamlReader.ToJson(ReadBytes(path));
            var schema = Schema.Value[type];
            var decoded = ObjectDecoder.Decode(json, schema);
            CheckType(path, decoded.Object, schema.FullName[(schema.FullName.LastIndexOf('.') + 1)..], apiVersions);
            string[] problems = [.. repeated, .. decoded.StrictErrors];
            return problems.Length == 0 ? decoded.Object : throw new ConfigurationException(path, string.Join(", ", problems));
        }
        catch (DecodeException e)
        {
            throw new ConfigurationException(path, e.Message, e);
        }
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="ConfigurationException">It can't be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(path, e.Message, e);
        }
    }

    /// <summary>The texts of a list.</summary>
    public static string[] Texts(ObjectValue tree, string name) => tree.GetList(name) is { } list ? [.. list.Select(t => t.AsString() ?? "")] : [];

    /// <summary>The objects of a list.</summary>
    public static ObjectValue[] Objects(ObjectValue tree, string name) => tree.GetList(name) is { } list ? [.. list.OfType<ObjectValue>()] : [];

    private static void CheckType(string path, ObjectValue tree, string kind, ReadOnlySpan<string> apiVersions)
    {
        var (givenVersion, givenKind) = (tree.GetString("apiVersion") ?? "", tree.GetString("kind") ?? "");
        if (givenKind != kind)
            throw new ConfigurationException(path, $"kind is \"{givenKind}\", expected {kind}");
        if (!apiVersions.Contains(givenVersion))
            throw new ConfigurationException(path, $"apiVersion is \"{givenVersion}\", expected {string.Join(" or ", apiVersions!)}");
    }

    private static SchemaSet ReadSchema()
    {
        const string Name = "configuration.schema";
        using var stream = typeof(ConfigurationFile).Assembly.GetManifestResourceStream(Name)!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        var reader = new SchemaReader();
        reader.Add(Name, text.ReadToEnd());
        return reader.Build();
    }
}
