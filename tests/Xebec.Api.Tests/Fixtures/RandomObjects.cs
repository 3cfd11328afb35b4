using System.Globalization;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Fixtures;

/// <summary>Valid objects of any struct, as a client might send them: members in any order, scalars in any accepted form.</summary>
public sealed class RandomObjects(int seed)
{
    private static readonly string[] Quantities = ["0.5Gi", "1024Mi", "100m", "0.1", "1e3", "5", "-3k", "1500m"];
    private static readonly string[] Durations = ["90s", "1h", "100ms", "1.5s", "0"];
    private readonly Random _random = new(seed);

    public ObjectValue Make(StructSchema schema, int depth = 0)
    {
        var result = new ObjectValue();
        var fields = schema.Fields.ToArray();
        _random.Shuffle(fields);
        var chance = depth == 0 ? 0.9 : depth < 4 ? 0.4 : 0.15;
        foreach (var field in fields)
        {
            var isNestedTypeMeta = depth > 0 && field.InlinedFrom is { Name: "TypeMeta" }; // protobuf has no place for it
            if (_random.NextDouble() < chance && depth < 12 && !isNestedTypeMeta)
                result[field.Name] = Make(field.Type, depth + 1);
        }

        return result;
    }

    private Value Make(TypeSchema type, int depth)
    {
        switch (type)
        {
            case StructSchema s:
                return Make(s, depth);
            case ListSchema list:
                return new ListValue(Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Make(list.Item, depth + 1)));
            case MapSchema map:
                var members = new ObjectValue();
                for (var i = _random.Next(1, 4); i > 0; i--)
                    members[Text()] = Make(map.Value, depth + 1);
                return members;
            default:
                return MakeScalar((ScalarSchema)type, depth);
        }
    }

    private Value MakeScalar(ScalarSchema type, int depth) => type.Kind switch
    {
        ScalarKind.String => type.Constants.Count > 0 && Flip() ? type.Constants[_random.Next(type.Constants.Count)] : Text(),
        ScalarKind.Int32 => (long)_random.Next(int.MinValue, int.MaxValue),
        ScalarKind.Int64 => _random.NextInt64(long.MinValue, long.MaxValue),
        ScalarKind.Bool => Flip(),
        ScalarKind.Double => new NumberValue(_random.NextDouble() * Math.Pow(10, _random.Next(-9, 25))),
        ScalarKind.Bytes => Convert.ToBase64String(Bytes()),
        ScalarKind.Time => Time("yyyy-MM-dd'T'HH:mm:ssK"),
        ScalarKind.MicroTime => Time("yyyy-MM-dd'T'HH:mm:ss.ffffffK"),
        ScalarKind.Duration => Durations[_random.Next(Durations.Length)],
        ScalarKind.Quantity => Flip() ? Quantities[_random.Next(Quantities.Length)] : (Value)_random.Next(1, 5000),
        ScalarKind.IntOrString => Flip() ? (Value)_random.Next(0, 70000) : "25%",
        ScalarKind.JsonSchemaOrBool => Flip() ? Make(type.Member!, depth + 3) : Flip(),
        ScalarKind.JsonSchemaOrArray => Flip() ? Make(type.Member!, depth + 3) : new ListValue([Make(type.Member!, depth + 3)]),
        ScalarKind.JsonSchemaOrStringArray => Flip() ? Make(type.Member!, depth + 3) : new ListValue([Text(), Text()]),
        _ => Value.Parse("""{"apiVersion":"example.com/v1","z":[1,2.5,null,"é"],"a":{}}"""),
    };

    private bool Flip() => _random.Next(2) == 0;

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(1, 12)).Select(_ => "abcXYZ019-./ é\"\\\n😀"[_random.Next(16)]));

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(1, 20)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Time(string format) => DateTimeOffset
        .FromUnixTimeMilliseconds(_random.NextInt64(-2_000_000_000_000, 4_000_000_000_000))
        .ToOffset(TimeSpan.FromMinutes(_random.Next(-600, 600)))
        .ToString(format.Replace("K", "zzz", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
