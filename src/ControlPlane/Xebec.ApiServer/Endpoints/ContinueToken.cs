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
            var root = json.RootElement;
            if (root.GetProperty("v").GetString() == "meta.k8s.io/v1" && root.GetProperty("start").GetString() is { Length: > 1 } start)
                return new ContinueToken(root.GetProperty("rv").GetInt64(), start.TrimEnd('\0'));
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // Falls through to the one answer for anything that is not a token.
        }

        throw ApiErrors.BadRequest("continue key is not valid: the token was not issued by this server");
    }
}
