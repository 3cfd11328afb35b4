using System.Buffers.Text;
using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.WatchCache;

/// <summary>
/// Puts the store's revision into stored bytes as metadata.resourceVersion: objects are stored without it because the revision
/// exists only once they are written (upstream's layout too). It goes after the uid, where upstream's field order has it.
/// </summary>
internal static class ResourceVersionSplice
{
    public static byte[] Insert(ReadOnlySpan<byte> stored, long revision)
    {
        var (at, leadingComma) = FindPlace(stored);
        Span<byte> field = stackalloc byte[48];
        var length = WriteField(field, revision, leadingComma);
        var result = GC.AllocateUninitializedArray<byte>(stored.Length + length);
        stored[..at].CopyTo(result);
        field[..length].CopyTo(result.AsSpan(at));
        stored[at..].CopyTo(result.AsSpan(at + length));
        return result;
    }

    /// <summary>Whether inserting the revision into the stored bytes gives just these bytes.</summary>
    public static bool IsInserted(ReadOnlySpan<byte> stored, long revision, ReadOnlySpan<byte> json)
    {
        var (at, leadingComma) = FindPlace(stored);
        Span<byte> field = stackalloc byte[48];
        field = field[..WriteField(field, revision, leadingComma)];
        return json.Length == stored.Length + field.Length && json[..at].SequenceEqual(stored[..at]) &&
            json[at..].StartsWith(field) && json[(at + field.Length)..].SequenceEqual(stored[at..]);
    }

    /// <summary>The same object at another revision; the bytes given have one.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> json, long revision)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Value.MaximumDepth });
        reader.Read();
        if (!StepInto(ref reader, "metadata"u8) || !StepInto(ref reader, "resourceVersion"u8))
            throw new InvalidDataException("a served object has no resourceVersion");
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(revision, digits, out var length);
        var start = (int)reader.TokenStartIndex + 1;
        return [.. json[..start], .. digits[..length], .. json[(start + reader.ValueSpan.Length)..]];
    }

    private static bool StepInto(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFound = reader.ValueTextEquals(name);
            reader.Read();
            if (isFound)
                return true;
            reader.Skip();
        }

        return false;
    }

    private static int WriteField(Span<byte> field, long revision, bool leadingComma)
    {
        var at = 0;
        if (leadingComma)
            field[at++] = (byte)',';
        "\"resourceVersion\":\""u8.CopyTo(field[at..]);
        at += "\"resourceVersion\":\""u8.Length;
        Utf8Formatter.TryFormat(revision, field[at..], out var digits);
        at += digits;
        field[at++] = (byte)'"';
        if (!leadingComma)
            field[at++] = (byte)',';
        return at;
    }

    // After the uid's value when there is one, else straight after metadata's brace (which then is never empty: it has a name).
    private static (int At, bool LeadingComma) FindPlace(ReadOnlySpan<byte> stored)
    {
        var reader = new Utf8JsonReader(stored, new JsonReaderOptions { MaxDepth = Value.MaximumDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (!isMetadata)
            {
                reader.Skip();
                continue;
            }

            var start = (int)reader.BytesConsumed;
            return FindUid(ref reader) is > 0 and var end ? (end, true) : (start, false);
        }

        throw new InvalidDataException("a stored object has no metadata");
    }

    private static int FindUid(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("uid"u8))
            {
                reader.Read();
                return (int)reader.BytesConsumed;
            }

            reader.Read();
            reader.Skip();
        }

        return 0;
    }
}
