using System.Text.Json;
using Xebec.Api;
using Xebec.Api.Meta.V1;

namespace Xebec.Client;

/// <summary>Reads a list object of any kind, item by item.</summary>
internal static class ListReader
{
    public static KubernetesList<T> Read<T>(ReadOnlySpan<byte> utf8)
        where T : IApiType<T>
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiMachinery.Values.Value.MaximumDepth });
        var items = new List<T>();
        var metadata = new ListMeta();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                metadata = ListMeta.Read(ref reader);
            }
            else if (reader.ValueTextEquals("items"u8))
            {
                if (ApiJson.ToValue(ref reader))
                    ReadItems(ref reader, items);
            }
            else
            {
                reader.Skip();
            }
        }

        return new KubernetesList<T>(items, metadata.ResourceVersion, metadata.Continue);
    }

    private static void ReadItems<T>(ref Utf8JsonReader reader, List<T> items)
        where T : IApiType<T>
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(T.Read(ref reader));
    }
}
