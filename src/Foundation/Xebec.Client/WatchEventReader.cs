using System.Text.Json;
using Xebec.Api;
using Xebec.Api.Meta.V1;

namespace Xebec.Client;

/// <summary>Reads one frame of a watch: {"type":…,"object":…}.</summary>
internal static class WatchEventReader
{
    public static WatchEvent<T> Read<T>(ReadOnlySpan<byte> frame)
        where T : class, IApiType<T>
    {
        var reader = new Utf8JsonReader(frame, new JsonReaderOptions { MaxDepth = ApiMachinery.Values.Value.MaximumDepth });
        WatchEventType? type = null;
        var at = default(Utf8JsonReader);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
                type = ReadType(ref reader);
            else if (isObject && type is { } known)
                return ReadObject<T>(known, ref reader);
            else if (isObject)
                at = reader;
            reader.Skip();
        }

        return type is { } late && at.TokenType == JsonTokenType.StartObject
            ? ReadObject<T>(late, ref at)
            : throw new JsonException("a watch frame without type or object");
    }

    private static WatchEvent<T> ReadObject<T>(WatchEventType type, ref Utf8JsonReader reader)
        where T : class, IApiType<T> => type == WatchEventType.Error
        ? new WatchEvent<T>(type, null, Status.Read(ref reader))
        : new WatchEvent<T>(type, T.Read(ref reader), null);

    private static WatchEventType ReadType(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("ADDED"u8) ? WatchEventType.Added
        : reader.ValueTextEquals("MODIFIED"u8) ? WatchEventType.Modified
        : reader.ValueTextEquals("DELETED"u8) ? WatchEventType.Deleted
        : reader.ValueTextEquals("BOOKMARK"u8) ? WatchEventType.Bookmark
        : reader.ValueTextEquals("ERROR"u8) ? WatchEventType.Error
        : throw new JsonException($"unknown watch event type {reader.GetString()}");
}
