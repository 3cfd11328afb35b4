using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.WatchCache;

/// <summary>What selectors ask of an object, read in one pass over its metadata.</summary>
/// <param name="Name">metadata.name.</param>
/// <param name="Namespace">metadata.namespace, empty for cluster-scoped objects.</param>
/// <param name="Labels">metadata.labels.</param>
public sealed record ObjectFacts(string Name, string Namespace, IReadOnlyDictionary<string, string> Labels)
{
    private static readonly Dictionary<string, string> NoLabels = [];

    internal static ObjectFacts Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Value.MaximumDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isMetadata && reader.TokenType == JsonTokenType.StartObject)
                return ReadMetadata(ref reader);
            reader.Skip();
        }

        return new ObjectFacts("", "", NoLabels);
    }

    private static ObjectFacts ReadMetadata(ref Utf8JsonReader reader)
    {
        var (name, ns, labels) = ("", "", NoLabels);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
                name = ReadString(ref reader);
            else if (reader.ValueTextEquals("namespace"u8))
                ns = ReadString(ref reader);
            else if (reader.ValueTextEquals("labels"u8))
                labels = ReadLabels(ref reader);
            else
                reader.Skip();
        }

        return new ObjectFacts(name, ns, labels);
    }

    private static string ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
    }

    private static Dictionary<string, string> ReadLabels(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return NoLabels;
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            labels[key] = ReadString(ref reader);
        }

        return labels;
    }
}
