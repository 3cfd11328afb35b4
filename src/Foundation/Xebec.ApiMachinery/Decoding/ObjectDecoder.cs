using System.Text.Json;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Decoding;

/// <summary>
/// Decodes JSON against a schema in one pass. The tree is what Go would write after decoding into the kind's struct: unknown fields
/// dropped, fields in schema order, scalars canonical, zero values where a struct has no omitempty.
/// </summary>
public static class ObjectDecoder
{
    /// <summary>Decodes one JSON document.</summary>
    /// <exception cref="DecodeException">Malformed, nested deeper than <see cref="Value.MaximumDepth"/>, or a value of the wrong type.</exception>
    public static DecodedObject Decode(ReadOnlySpan<byte> utf8Json, StructSchema schema)
    {
        var context = DecodeContext.Take();
        if (schema.Custom is { } custom)
            return DecodeCustom(utf8Json, custom, context);
        var decoder = new JsonObjectDecoder(utf8Json, context);
        try
        {
            var tree = decoder.ReadDocument(schema);
            return new DecodedObject(tree, context.TakeStrictErrors());
        }
        catch (JsonException e)
        {
            throw new DecodeException(decoder.DescribeSyntaxError(utf8Json, e)) { IsUnreadable = true };
        }
        finally
        {
            context.Return();
        }
    }

    private static DecodedObject DecodeCustom(ReadOnlySpan<byte> utf8Json, CustomKind custom, DecodeContext context)
    {
        try
        {
            var tree = new StructuralDecoder(custom, context).Decode(utf8Json);
            return new DecodedObject(tree, context.TakeStrictErrors());
        }
        finally
        {
            context.Return();
        }
    }

    /// <summary>The same for a tree that a patch has changed: a new tree by the same rules; the input is left as it is.</summary>
    /// <exception cref="DecodeException">A value of the wrong type.</exception>
    public static DecodedObject Normalize(ObjectValue tree, StructSchema schema)
    {
        var context = DecodeContext.Take();
        try
        {
            var result = schema.Custom is { } custom
                ? new StructuralDecoder(custom, context).Normalize(tree)
                : new TreeNormalizer(context).Normalize(tree, schema);
            return new DecodedObject(result, context.TakeStrictErrors());
        }
        finally
        {
            context.Return();
        }
    }
}
