using CsCheck;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Rules;

/// <summary>Random objects of a kind: any field may be missing, empty or have a plausible value.</summary>
internal static class ObjectGenerator
{
    private static readonly string[] Texts = ["", "a", "web", "nginx:latest", "nginx:1.27", "10.0.0.1", "ClientIP", "NodePort", "x/y"];

    public static Gen<ObjectValue> Of(StructSchema kind) => Gen.Int.Select(seed => Object(kind, new Random(seed), 0));

    private static ObjectValue Object(StructSchema type, Random random, int depth)
    {
        var result = new ObjectValue();
        foreach (var field in type.Fields)
        {
            if (random.Next(depth + 1) <= 1)
                result[field.Name] = Any(field.Type, random, depth + 1);
        }

        return result;
    }

    private static Value Any(TypeSchema type, Random random, int depth) => type switch
    {
        StructSchema s => depth > 12 ? new ObjectValue() : Object(s, random, depth),
        ListSchema list => List(list, random, depth),
        MapSchema map => Map(map, random, depth),
        ScalarSchema scalar => Scalar(scalar, random),
        _ => Value.Null,
    };

    private static ListValue List(ListSchema type, Random random, int depth)
    {
        var list = new ListValue();
        for (var i = random.Next(3); i > 0; i--)
            list.Add(Any(type.Item, random, depth));
        return list;
    }

    private static ObjectValue Map(MapSchema type, Random random, int depth)
    {
        var map = new ObjectValue();
        for (var i = random.Next(3); i > 0; i--)
            map["key" + i] = Any(type.Value, random, depth);
        return map;
    }

    private static Value Scalar(ScalarSchema type, Random random) => type.Kind switch
    {
        ScalarKind.String when type.Constants.Count > 0 => type.Constants[random.Next(type.Constants.Count)],
        ScalarKind.String => Texts[random.Next(Texts.Length)],
        ScalarKind.Bytes => random.Next(2) == 0 ? "" : "YQ==",
        ScalarKind.Int32 or ScalarKind.Int64 => random.Next(-1, 5),
        ScalarKind.Double => new NumberValue(random.NextDouble()),
        ScalarKind.Bool => random.Next(2) == 0,
        ScalarKind.Time => "2026-01-01T00:00:00Z",
        ScalarKind.MicroTime => "2026-01-01T00:00:00.000000Z",
        ScalarKind.Duration => "1m0s",
        ScalarKind.Quantity => random.Next(2) == 0 ? "100m" : "1Gi",
        ScalarKind.IntOrString => random.Next(2) == 0 ? 8080 : "25%",
        ScalarKind.RawExtension or ScalarKind.FieldsV1 => new ObjectValue(),
        _ => Value.Null,
    };
}
