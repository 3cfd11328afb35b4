using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi;

/// <summary>Writes a document as JSON.</summary>
internal static class JsonDocumentWriter
{
    /// <summary>Writes it part by part to a stream.</summary>
    public static void Write(OpenApiDocument document, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, Value.WriterOptions);
        var isV2 = document.Version == OpenApiVersion.V2;
        writer.WriteStartObject();
        writer.WriteString(isV2 ? "swagger" : "openapi", isV2 ? "2.0" : "3.0.0");
        WriteMember(writer, "info", OpenApiDocument.Info);
        writer.WritePropertyName("paths");
        WriteParts(writer, document.Paths());
        if (isV2)
        {
            writer.WritePropertyName("definitions");
            WriteParts(writer, document.Definitions());
            WriteMember(writer, "securityDefinitions", OpenApiDocument.SecuritySchemes);
        }
        else
        {
            writer.WriteStartObject("components");
            writer.WritePropertyName("schemas");
            WriteParts(writer, document.Definitions());
            WriteMember(writer, "securitySchemes", OpenApiDocument.SecuritySchemes);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, ObjectValue>> parts)
    {
        writer.WriteStartObject();
        foreach (var (name, part) in parts)
        {
            WriteMember(writer, name, part);
            writer.Flush();
        }

        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, ObjectValue value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }
}
