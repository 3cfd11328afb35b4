using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xebec.ApiMachinery.Protobuf;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Endpoints.Formats;

/// <summary>A Status in the media type that the client likes best of those it has; an error is told even when that is none.</summary>
internal static class StatusFormats
{
    /// <summary>The Status and its media type.</summary>
    public static (ReadOnlyMemory<byte> Body, string ContentType) Write(HttpRequest request, ReadOnlySpan<byte> json)
    {
        var accept = request.Headers.Accept.ToString();
        if (accept is not ("" or "*/*" or "application/json"))
        {
            foreach (var range in MediaRange.ParseAll(accept))
            {
                if (range.As.Length > 0)
                    continue;
                if (range.Includes("application/json"))
                    return Json(json, range.IsPretty || PrettyPrinting.IsWanted(request));
                if (range.Type == "application/yaml")
                    return Yaml(json);
                if (range.Type == KubernetesProtobuf.MediaType)
                    return (ProtobufFormat.EncodeStatus(json), KubernetesProtobuf.MediaType);
            }
        }

        return Json(json, PrettyPrinting.IsWanted(request));
    }

    private static (ReadOnlyMemory<byte> Body, string ContentType) Json(ReadOnlySpan<byte> json, bool isPretty)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length + 1);
        if (isPretty)
        {
            using var writer = new Utf8JsonWriter(buffer, Value.WriterOptions with { Indented = true });
            Value.Parse(json).WriteTo(writer);
        }
        else
        {
            buffer.Write(json);
        }

        buffer.Write("\n"u8);
        return (buffer.WrittenMemory, "application/json");
    }

    private static (ReadOnlyMemory<byte> Body, string ContentType) Yaml(ReadOnlySpan<byte> json)
    {
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        YamlFormat.Write(buffer, json);
        return (buffer.WrittenMemory, "application/yaml");
    }
}
