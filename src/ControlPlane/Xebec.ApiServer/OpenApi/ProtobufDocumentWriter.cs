using Xebec.ApiServer.OpenApi.Gnostic;

namespace Xebec.ApiServer.OpenApi;

/// <summary>Writes a document as gnostic's protobuf messages, which clients until kubectl 1.27 read only.</summary>
internal static class ProtobufDocumentWriter
{
    /// <summary>Writes it part by part to a stream.</summary>
    public static void Write(OpenApiDocument document, Stream output)
    {
        var buffer = new ProtobufBuffer();
        if (document.Version == OpenApiVersion.V2)
            WriteV2(document, buffer);
        else
            WriteV3(document, buffer);
        output.Write(buffer.Written);
    }

    private static void WriteV2(OpenApiDocument document, ProtobufBuffer buffer)
    {
        buffer.WriteText(1, "2.0");
        GnosticV2.Info(buffer, 2, OpenApiDocument.Info);
        var paths = buffer.StartMessage(8);
        foreach (var (path, item) in document.Paths())
            GnosticTypes.WriteNamed(buffer, 2, path, item, GnosticV2.PathItem);
        buffer.EndMessage(paths);
        var definitions = buffer.StartMessage(9);
        foreach (var (name, definition) in document.Definitions())
            GnosticTypes.WriteNamed(buffer, 1, name, definition, GnosticV2.Schema);
        buffer.EndMessage(definitions);
        GnosticV2.SecurityDefinitions(buffer, 13, OpenApiDocument.SecuritySchemes);
    }

    private static void WriteV3(OpenApiDocument document, ProtobufBuffer buffer)
    {
        buffer.WriteText(1, "3.0.0");
        GnosticV3.Info(buffer, 2, OpenApiDocument.Info);
        var paths = buffer.StartMessage(4);
        foreach (var (path, item) in document.Paths())
            GnosticTypes.WriteNamed(buffer, 1, path, item, GnosticV3.PathItem);
        buffer.EndMessage(paths);
        var components = buffer.StartMessage(5);
        var schemas = buffer.StartMessage(1);
        foreach (var (name, definition) in document.Definitions())
            GnosticTypes.WriteNamed(buffer, 1, name, definition, GnosticV3.SchemaOrReference);
        buffer.EndMessage(schemas);
        GnosticV3.SecuritySchemes(buffer, 7, OpenApiDocument.SecuritySchemes);
        buffer.EndMessage(components);
    }
}
