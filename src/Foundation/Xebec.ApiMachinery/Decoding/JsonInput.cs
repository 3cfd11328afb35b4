using System.Text.Json;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>JSON that no schema describes (patches): its value, and the members it has twice.</summary>
public static class JsonInput
{
    /// <summary>Parses a document.</summary>
    /// <exception cref="DecodeException">Malformed, worded as Go words it.</exception>
    public static Value Parse(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            return Value.Parse(utf8Json);
        }
        catch (JsonException e)
        {
            throw new DecodeException(Describe(utf8Json, e));
        }
    }

    /// <summary>What strict validation has against a document that parses: <c>duplicate field "data.x"</c>, once for each member.</summary>
    public static IReadOnlyList<string> Duplicates(ReadOnlySpan<byte> utf8Json)
    {
        var errors = new StrictErrors();
        var reader = new Utf8JsonReader(utf8Json, Options);
        reader.Read();
        FindDuplicates(ref reader, [], errors);
        return errors.Taken();
    }

    private static JsonReaderOptions Options => new() { MaxDepth = Value.MaximumDepth };

    // The path is put together only for what is reported: a client may choose long names, many of them, and deep nesting.
    private static void FindDuplicates(ref Utf8JsonReader reader, List<string> path, StrictErrors errors)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                FindBelow(ref reader, path, $"[{i}]", errors);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        HashSet<string>? reported = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Read(ref reader);
            var step = path.Count == 0 ? name : "." + name;
            if (!seen.Add(name) && !errors.IsFull && (reported ??= new(StringComparer.Ordinal)).Add(name))
                errors.Add($"duplicate field \"{string.Concat(path)}{step}\"");
            reader.Read();
            FindBelow(ref reader, path, step, errors);
        }
    }

    private static void FindBelow(ref Utf8JsonReader reader, List<string> path, string step, StrictErrors errors)
    {
        path.Add(step);
        FindDuplicates(ref reader, path, errors);
        path.RemoveAt(path.Count - 1);
    }

    // Reads again up to the fault, which is what the words depend on.
    private static string Describe(ReadOnlySpan<byte> utf8Json, JsonException error)
    {
        var reader = new Utf8JsonReader(utf8Json, Options);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            // The same fault; the reader stands on the last token before it.
        }

        return JsonSyntax.Describe(utf8Json, error, reader.TokenType, reader.CurrentDepth);
    }
}
