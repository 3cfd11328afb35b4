using System.Text.Json;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>Words a JSON syntax error as Go's decoder does.</summary>
internal static class JsonSyntax
{
    public static string Describe(ReadOnlySpan<byte> json, JsonException error, JsonTokenType last, int depth)
    {
        if (error.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) && depth >= Values.Value.MaximumDepth - 1)
            return "exceeded max depth";
        var at = OffsetOf(json, error);
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        if (at >= json.Length)
            return "unexpected end of JSON input";
        var letter = json[at] is >= 0x20 and < 0x7f ? ((char)json[at]).ToString() : $"\\x{json[at]:x2}";
        return $"invalid character '{letter}' {Expectation(last, depth)}";
    }

    private static int OffsetOf(ReadOnlySpan<byte> json, JsonException error)
    {
        var at = 0;
        for (var line = 0L; line < (error.LineNumber ?? 0); line++)
            at += json[at..].IndexOf((byte)'\n') + 1;
        return at + (int)(error.BytePositionInLine ?? 0);
    }

    private static string Expectation(JsonTokenType last, int depth) => last switch
    {
        JsonTokenType.None or JsonTokenType.PropertyName or JsonTokenType.StartArray => "looking for beginning of value",
        JsonTokenType.StartObject => "looking for beginning of object key string",
        _ => depth == 0 ? "after top-level value" : "after object key:value pair",
    };
}
