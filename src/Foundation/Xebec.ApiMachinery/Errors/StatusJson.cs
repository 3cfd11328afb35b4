using System.Buffers;
using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Errors;

/// <summary>Writes and reads v1 Status objects as JSON, members in upstream's order.</summary>
public static class StatusJson
{
    /// <summary>A failed request's Status as UTF-8 JSON.</summary>
    public static byte[] Failure(ApiException error) => Write(error, static (writer, e) => WriteFailure(writer, e));

    /// <summary>A successful request's Status (what DELETE answers) as UTF-8 JSON.</summary>
    public static byte[] Success(StatusDetails? details = null) => Write(details, static (writer, d) =>
    {
        WriteHead(writer, "", "Success");
        WriteDetails(writer, d);
        writer.WriteEndObject();
    });

    /// <summary>Writes a failed request's Status.</summary>
    public static void WriteFailure(Utf8JsonWriter writer, ApiException error)
    {
        WriteHead(writer, error.Continue, "Failure");
        WriteText(writer, "message"u8, error.Message);
        WriteText(writer, "reason"u8, error.Reason);
        WriteDetails(writer, error.Details);
        writer.WriteNumber("code"u8, error.Code);
        writer.WriteEndObject();
    }

    /// <summary>The error that a Status tree says, null when it says success or is no Status.</summary>
    public static ApiException? Read(Value? tree)
    {
        if (tree is not ObjectValue status || status.GetString("kind") != "Status" || status.GetString("status") == "Success")
            return null;
        return new ApiException(
            (int)(status["code"]?.AsInt64() ?? 0),
            status.GetString("reason") ?? "",
            status.GetString("message") ?? "",
            status.GetObject("details") is { } details ? ReadDetails(details) : null)
        {
            Continue = status.GetObject("metadata")?.GetString("continue") ?? "",
        };
    }

    private static byte[] Write<T>(T what, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Value.WriterOptions))
            write(writer, what);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteHead(Utf8JsonWriter writer, string continueToken, string outcome)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "Status"u8);
        writer.WriteString("apiVersion"u8, "v1"u8);
        writer.WriteStartObject("metadata"u8);
        WriteText(writer, "continue"u8, continueToken);
        writer.WriteEndObject();
        writer.WriteString("status"u8, outcome);
    }

    private static void WriteDetails(Utf8JsonWriter writer, StatusDetails? details)
    {
        if (details is null)
            return;
        writer.WriteStartObject("details"u8);
        WriteText(writer, "name"u8, details.Name);
        WriteText(writer, "group"u8, details.Group);
        WriteText(writer, "kind"u8, details.Kind);
        WriteText(writer, "uid"u8, details.Uid);
        WriteCauses(writer, details.Causes);
        if (details.RetryAfterSeconds != 0)
            writer.WriteNumber("retryAfterSeconds"u8, details.RetryAfterSeconds);
        writer.WriteEndObject();
    }

    private static void WriteCauses(Utf8JsonWriter writer, IReadOnlyList<StatusCause> causes)
    {
        if (causes.Count == 0)
            return;
        writer.WriteStartArray("causes"u8);
        foreach (var cause in causes)
        {
            writer.WriteStartObject();
            WriteText(writer, "reason"u8, cause.Reason);
            WriteText(writer, "message"u8, cause.Message);
            WriteText(writer, "field"u8, cause.Field);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string text)
    {
        if (text.Length > 0)
            writer.WriteString(name, text);
    }

    private static StatusDetails ReadDetails(ObjectValue details) => new()
    {
        Name = details.GetString("name") ?? "",
        Group = details.GetString("group") ?? "",
        Kind = details.GetString("kind") ?? "",
        Uid = details.GetString("uid") ?? "",
        RetryAfterSeconds = (int)(details["retryAfterSeconds"]?.AsInt64() ?? 0),
        Causes = details.GetList("causes") is { } causes ? [.. causes.Select(ReadCause)] : [],
    };

    private static StatusCause ReadCause(Value cause) => cause is ObjectValue o
        ? new(o.GetString("reason") ?? "", o.GetString("message") ?? "", o.GetString("field") ?? "")
        : new("", "");
}
