using System.Text.Json;

namespace Xebec.ApiServer.Audit;

/// <summary>The object that a recorded request is about (audit.k8s.io/v1 ObjectReference). Empty members are left out.</summary>
internal sealed record AuditObjectReference(string Resource, string Namespace, string Name, string Group, string Version, string Subresource)
{
    public string Uid { get; init; } = "";

    public string ResourceVersion { get; init; } = "";

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("objectRef"u8);
        Write(writer, "resource"u8, Resource);
        Write(writer, "namespace"u8, Namespace);
        Write(writer, "name"u8, Name);
        Write(writer, "uid"u8, Uid);
        Write(writer, "apiGroup"u8, Group);
        Write(writer, "apiVersion"u8, Version);
        Write(writer, "resourceVersion"u8, ResourceVersion);
        Write(writer, "subresource"u8, Subresource);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string text)
    {
        if (text.Length > 0)
            writer.WriteString(name, text);
    }
}
