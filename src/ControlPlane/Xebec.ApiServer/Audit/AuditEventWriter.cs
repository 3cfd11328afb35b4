using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Registry.Authentication;

namespace Xebec.ApiServer.Audit;

/// <summary>Writes events as upstream's log backend does: one JSON object a line.</summary>
internal static class AuditEventWriter
{
    /// <summary>Writes one event and the end of its line.</summary>
    public static async ValueTask WriteAsync(IBufferWriter<byte> output, AuditEvent item)
    {
        var (sent, answered) = (await BodyAsync(item, item.RequestObject), await BodyAsync(item, item.ResponseObject));
        using (var writer = new Utf8JsonWriter(output, Value.WriterOptions))
        {
            writer.WriteStartObject();
            WriteRequest(writer, item);
            if (item.Code > 0)
                WriteStatus(writer, item);
            WriteBody(writer, "requestObject"u8, sent);
            WriteBody(writer, "responseObject"u8, answered);
            writer.WriteString("requestReceivedTimestamp"u8, Timestamp(item.Received));
            writer.WriteString("stageTimestamp"u8, Timestamp(item.At));
            WriteAnnotations(writer, item.Annotations);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteRequest(Utf8JsonWriter writer, AuditEvent item)
    {
        writer.WriteString("kind"u8, "Event"u8);
        writer.WriteString("apiVersion"u8, "audit.k8s.io/v1"u8);
        writer.WriteString("level"u8, item.Level.ToString());
        writer.WriteString("auditID"u8, item.AuditId);
        writer.WriteString("stage"u8, item.Stage.ToString());
        writer.WriteString("requestURI"u8, item.RequestUri);
        writer.WriteString("verb"u8, item.Verb);
        writer.WritePropertyName("user"u8);
        (item.User is { } user ? UserInfoTree.Of(user) : new ObjectValue()).WriteTo(writer);
        if (item.ImpersonatedUser is { } other)
        {
            writer.WritePropertyName("impersonatedUser"u8);
            UserInfoTree.Of(other).WriteTo(writer);
        }

        if (item.ImpersonationConstraint.Length > 0)
        {
            writer.WriteStartObject("authenticationMetadata"u8);
            writer.WriteString("impersonationConstraint"u8, item.ImpersonationConstraint);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("sourceIPs"u8);
        foreach (var address in item.SourceIps)
            writer.WriteStringValue(address);
        writer.WriteEndArray();
        if (item.UserAgent.Length > 0)
            writer.WriteString("userAgent"u8, item.UserAgent);
        item.ObjectReference?.WriteTo(writer);
    }

    private static void WriteStatus(Utf8JsonWriter writer, AuditEvent item)
    {
        writer.WritePropertyName("responseStatus"u8);
        if (item.Failure is { } failure)
        {
            var status = (ObjectValue)Value.Parse(StatusJson.Failure(failure));
            status.Remove("kind");
            status.Remove("apiVersion");
            status.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartObject("metadata"u8);
        writer.WriteEndObject();
        writer.WriteNumber("code"u8, item.Code);
        writer.WriteEndObject();
    }

    private static void WriteAnnotations(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, string>> annotations)
    {
        if (annotations.Count == 0)
            return;
        writer.WriteStartObject("annotations"u8);
        foreach (var (key, value) in annotations)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter writer, ReadOnlySpan<byte> name, Value? body)
    {
        if (body is null)
            return;
        writer.WritePropertyName(name);
        body.WriteTo(writer);
    }

    private static async ValueTask<Value?> BodyAsync(AuditEvent item, Func<ValueTask<ReadOnlyMemory<byte>>>? read)
    {
        if (read is null)
            return null;
        if (await ParseAsync(read) is not { } body)
            return null;
        if (item.CarriesTokens)
            RemoveTokens(body);
        if (item.OmitManagedFields)
            RemoveManagedFields(body);
        return body;
    }

    // A patch is recorded before anybody has looked at it: one that is not JSON must not take its event with it.
    private static async ValueTask<Value?> ParseAsync(Func<ValueTask<ReadOnlyMemory<byte>>> read)
    {
        try
        {
            return Value.Parse((await read()).Span);
        }
        catch (Exception e) when (e is JsonException or DecodeException)
        {
            return null;
        }
    }

    private static void RemoveTokens(Value body)
    {
        body.AsObject()?.GetObject("spec")?.Remove("token");
        body.AsObject()?.GetObject("status")?.Remove("token");
    }

    private static void RemoveManagedFields(Value body)
    {
        body.AsObject()?.GetObject("metadata")?.Remove("managedFields");
        foreach (var item in body.AsObject()?.GetList("items") ?? [])
            item.AsObject()?.GetObject("metadata")?.Remove("managedFields");
    }

    private static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
