using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Errors;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Where a list goes on: the revision it is of and the last key sent. Opaque to clients (upstream's form).</summary>
/// <param name="Revision">The revision; -1 means "whatever is newest" (an inconsistent continuation after expiry).</param>
/// <param name="AfterKey">The last key of the page before, below the list's prefix.</param>
internal readonly record struct ContinueToken(long Revision, string AfterKey)
{
    /// <summary>The token's text.</summary>
    public string Encode()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("v", "meta.k8s.io/v1");
            writer.WriteNumber("rv", Revision);
            writer.WriteString("start", AfterKey + "\0");
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.ToArray());
    }

    /// <summary>Reads a token.</summary>
    /// <exception cref="ApiException">400 when it is none.</exception>
    public static ContinueToken Decode(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            return Read(json.RootElement);
        }
        catch (FormatException)
        {
            throw Invalid(": illegal base64 data");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Invalid(": not a token");
        }
    }

    private static ContinueToken Read(JsonElement token)
    {
        if (!token.TryGetProperty("v", out var version) || version.GetString() != "meta.k8s.io/v1")
            throw Invalid($": server does not recognize this encoded version {version}");
        if (!token.TryGetProperty("rv", out var revision) || !revision.TryGetInt64(out var number) || number == 0)
            throw Invalid(": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        if (!token.TryGetProperty("start", out var start) || start.GetString() is not { Length: > 0 } key)
            throw Invalid(": encoded start key empty (version meta.k8s.io/v1)");
        if (key[0] == '/' || key.Split('/').Any(part => part is "" or "." or ".."))
            throw Invalid($": {key}");
        return new ContinueToken(number, key.TrimEnd('\0'));
    }

    private static ApiException Invalid(string why) => ApiErrors.BadRequest($"invalid continue token: continue key is not valid{why}");
}
