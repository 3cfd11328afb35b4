using System.Text;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Xebec.ApiMachinery.Yaml;

/// <summary>
/// Reads YAML as upstream does (YAML 1.1 scalars: yes, on and 0777 included), through the parser's events. Depth is limited to
/// <see cref="Value.MaximumDepth"/> and what aliases expand to is limited in size, so that no input costs memory out of proportion.
/// </summary>
public static class YamlReader
{
    /// <summary>Reads the first document.</summary>
    /// <exception cref="DecodeException">Not YAML, too deep, or aliases that expand too far; says the line.</exception>
    public static YamlDocument Read(ReadOnlySpan<byte> utf8Yaml)
    {
        foreach (var document in ReadAll(TextOf(utf8Yaml)))
            return document;
        return new YamlDocument(Value.Null, []);
    }

    /// <summary>Reads the first document as JSON; repeated keys (the last wins) are in the errors.</summary>
    /// <exception cref="DecodeException">As for <see cref="Read"/>.</exception>
    public static (byte[] Json, IReadOnlyList<string> StrictErrors) ToJson(ReadOnlySpan<byte> utf8Yaml)
    {
        var document = Read(utf8Yaml);
        return (document.Value.ToUtf8(), document.StrictErrors);
    }

    /// <summary>Reads every document of a file, one at a time; empty documents are left out.</summary>
    /// <exception cref="DecodeException">As for <see cref="Read"/>, thrown when the faulty document is reached.</exception>
    public static IEnumerable<YamlDocument> ReadAll(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        Guard(parser.MoveNext);
        while (Guard(parser.MoveNext) && parser.Current is not StreamEnd)
        {
            var document = Guard(() => new YamlTreeReader(parser).ReadDocument());
            if (document.Value is not NullValue)
                yield return document;
        }
    }

    private static string TextOf(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new DecodeException($"yaml: invalid leading UTF-8 octet at byte {e.Index}");
        }
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (YamlException e)
        {
            throw new DecodeException($"yaml: line {e.Start.Line}: {e.Message}");
        }
        catch (Exception e) when (e is not (DecodeException or OutOfMemoryException))
        {
            // The scanner answers some malformed input with InvalidOperationException and the like (found by the fuzz test).
            throw new DecodeException($"yaml: malformed document: {e.Message}");
        }
    }
}
