using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.OpenApi.Gnostic;

/// <summary>The types that fields of gnostic messages have, and ways to make types of types.</summary>
internal static class GnosticTypes
{
    public static void Text(ProtobufBuffer output, int number, Value value) => output.WriteText(number, value.AsString() ?? "");

    public static void Boolean(ProtobufBuffer output, int number, Value value)
    {
        if (value.AsBool() == true)
            output.WriteInteger(number, 1);
    }

    /// <summary>A boolean that says which field of a message is chosen, so that false is written too.</summary>
    public static void Choice(ProtobufBuffer output, int number, Value value) =>
        output.WriteInteger(number, value.AsBool() == true ? 1 : 0);

    public static void Integer(ProtobufBuffer output, int number, Value value) => output.WriteInteger(number, value.AsInt64() ?? 0);

    public static void Real(ProtobufBuffer output, int number, Value value) =>
        output.WriteDouble(number, (value as NumberValue)?.Real ?? 0);

    /// <summary>Any value: as YAML, which JSON is.</summary>
    public static void Any(ProtobufBuffer output, int number, Value value)
    {
        var start = output.StartMessage(number);
        output.WriteBytes(2, value.ToUtf8());
        output.EndMessage(start);
    }

    /// <summary>A list, or one item alone.</summary>
    public static GnosticWrite Repeated(GnosticWrite item) => (output, number, value) =>
    {
        if (value is not ListValue list)
        {
            item(output, number, value);
            return;
        }

        foreach (var each in list)
            item(output, number, each);
    };

    /// <summary>A map as pairs of name and value.</summary>
    public static GnosticWrite Named(GnosticWrite item) => (output, number, value) =>
    {
        foreach (var (name, member) in (ObjectValue)value)
            WriteNamed(output, number, name, member, item);
    };

    /// <summary>A message with nothing but one field.</summary>
    public static GnosticWrite Wrapped(int innerNumber, GnosticWrite inner) => (output, number, value) =>
    {
        var start = output.StartMessage(number);
        inner(output, innerNumber, value);
        output.EndMessage(start);
    };

    /// <summary>A message with one of two fields.</summary>
    public static GnosticWrite Either(Func<Value, bool> isFirst, GnosticWrite first, GnosticWrite second) =>
        (output, number, value) => (isFirst(value) ? first : second)(output, number, value);

    /// <summary>A reference to something defined elsewhere, in the second field, or the thing itself, in the first.</summary>
    public static GnosticWrite OrReference(GnosticWrite inline, GnosticWrite reference) =>
        Either(static v => v is ObjectValue o && o.ContainsKey("$ref"), Wrapped(2, reference), Wrapped(1, inline));

    /// <summary>A schema of the values, or whether there may be any.</summary>
    public static GnosticWrite AdditionalProperties(GnosticWrite schema) =>
        Either(static v => v is BoolValue, Wrapped(2, Choice), Wrapped(1, schema));

    /// <summary>Writes one pair of name and value.</summary>
    public static void WriteNamed(ProtobufBuffer output, int number, string name, Value value, GnosticWrite write)
    {
        var start = output.StartMessage(number);
        output.WriteText(1, name);
        write(output, 2, value);
        output.EndMessage(start);
    }
}
