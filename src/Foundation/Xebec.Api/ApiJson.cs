using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Xebec.ApiMachinery;
using Xebec.ApiMachinery.Quantities;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api;

/// <summary>Reads and writes typed API objects as JSON; also what the generated classes are made of.</summary>
public static class ApiJson
{
    /// <summary>Reads one item of a list or map.</summary>
    public delegate T ItemReader<T>(ref Utf8JsonReader reader);

    /// <summary>Reads a typed object from a whole JSON document.</summary>
    /// <exception cref="JsonException">Malformed JSON or a value of the wrong type.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> utf8Json)
        where T : IApiType<T>
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = Value.MaximumDepth });
        reader.Read();
        try
        {
            return T.Read(ref reader);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <summary>Writes a typed object as compact UTF-8 JSON.</summary>
    public static byte[] Serialize<T>(T value)
        where T : IApiType<T>
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Value.WriterOptions))
            value.Write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whether two values are written the same; null equals null.</summary>
    public static bool ContentEquals<T>(T? left, T? right)
        where T : class, IApiType<T> =>
        ReferenceEquals(left, right) ||
        (left is not null && right is not null && Serialize(left).AsSpan().SequenceEqual(Serialize(right)));

    /// <summary>Steps from a property's name to its value; false for null, which means absent.</summary>
    public static bool ToValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.Null;
    }

    /// <summary>Reads an array.</summary>
    public static List<T> ReadList<T>(ref Utf8JsonReader reader, ItemReader<T> read)
    {
        var list = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(read(ref reader));
        return list;
    }

    /// <summary>Reads a map.</summary>
    public static Dictionary<string, T> ReadMap<T>(ref Utf8JsonReader reader, ItemReader<T> read)
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            map[key] = read(ref reader);
        }

        return map;
    }

    /// <summary>Copies a map.</summary>
    public static Dictionary<string, T> CloneMap<T>(Dictionary<string, T> map, Func<T, T> clone)
    {
        var copy = new Dictionary<string, T>(map.Count, map.Comparer);
        foreach (var (key, value) in map)
            copy.Add(key, clone(value));
        return copy;
    }

    /// <summary>Reads an RFC 3339 time.</summary>
    public static DateTimeOffset ReadTime(ref Utf8JsonReader reader) => reader.GetDateTimeOffset();

    /// <summary>Writes a metav1.Time: UTC in whole seconds.</summary>
    public static void WriteTime(Utf8JsonWriter writer, DateTimeOffset time) =>
        writer.WriteStringValue(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>Writes a metav1.MicroTime: UTC with exactly six digits, which Go clients require.</summary>
    public static void WriteMicroTime(Utf8JsonWriter writer, DateTimeOffset time) =>
        writer.WriteStringValue(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Reads a quantity, which clients may also write as a number.</summary>
    public static Quantity ReadQuantity(ref Utf8JsonReader reader) => Quantity.Parse(
        reader.TokenType == JsonTokenType.Number ? reader.GetDecimal().ToString(CultureInfo.InvariantCulture) : reader.GetString()!);

    /// <summary>Reads an IntOrString.</summary>
    public static IntOrString ReadIntOrString(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? new IntOrString(reader.GetInt32()) : new IntOrString(reader.GetString()!);

    /// <summary>Writes an IntOrString.</summary>
    public static void WriteIntOrString(Utf8JsonWriter writer, IntOrString value)
    {
        if (value.Text is { } text)
            writer.WriteStringValue(text);
        else
            writer.WriteNumberValue(value.Number);
    }
}
