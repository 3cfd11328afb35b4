using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Tests.Costs;

/// <summary>
/// Costs of rules over a CRD's fields, with the figures that Kubernetes holds itself to (apiextensions-apiserver, cost stability): a
/// change of one would change which CRDs are accepted.
/// </summary>
public sealed class CostStabilityTests
{
    private const long RequestBytes = 3 * 1024 * 1024 - 2;

    private static readonly CelType Text = CelType.String.WithMaxSize(RequestBytes);

    private static readonly CelObjectType Item = new("Item", [new("k", Text), new("v", Text), new("v2", Text)]);

    private static (CelType Type, string Json, string? Json2) Field(string kind) => kind switch
    {
        "integers" => (CelType.Int, "5", null),
        "strings" => (Text, "\"Rook takes \ud83d\udc51\"", null),
        "bytes" => (CelType.Bytes.WithMaxSize(RequestBytes), "\"QUI=\"", null),
        "durations" => (CelType.Duration.WithMaxSize(32), "\"1h2m3s4ms\"", null),
        "lists" => (CelType.List(CelType.Int).WithMaxSize(RequestBytes / 2), "[1,1,2,2,3,3,4,5]", null),
        "maps" => (
            CelType.Map(CelType.String.WithMaxSize(RequestBytes), Text).WithMaxSize(393215),
            """{"k1":"a","k2":"b"}""",
            """{"k2":"b","k1":"a"}"""),
        _ => (
            CelType.List(Item, ListType.Map, ["k"]).WithMaxSize(RequestBytes / 3),
            """[{"k":"a1","v":"b1"},{"k":"a2","v":"b2"},{"k":"a3","v":"b3","v2":"z"}]""",
            null),
    };

    private static CelProgram Compile(string kind, string rule)
    {
        var type = Field(kind).Type;
        return new CelEnvironment([new("self", new CelObjectType("Self", [new("val1", type), new("val2", type)]))]).Compile(rule);
    }

    [Theory]
    [InlineData("integers", "self.val1 == self.val2 && self.val1 == 5 && self.val2 == 5", 8)]
    [InlineData("integers", "self.val1 == self.val2", 4)]
    [InlineData("integers", "type(self.val1) == int", 4)]
    [InlineData("integers", "self.val1 + 1 == 2147483647 + 1", 5)]
    [InlineData("integers", "double(self.val1) < 10.0", 4)]
    [InlineData("integers", "double(5) < 10.0", 2)]
    [InlineData("strings", "self.val1.startsWith('Rook')", 3)]
    [InlineData("strings", "!self.val1.startsWith('knight')", 4)]
    [InlineData("strings", "self.val1.matches('^[^0-9]*$')", 943721)]
    [InlineData("strings", "!self.val1.matches('^[0-9]*$')", 629149)]
    [InlineData("strings", "type(self.val1) == string", 4)]
    [InlineData("strings", "size(self.val1) == 12", 4)]
    [InlineData("strings", "self.val1.charAt(3) == 'k'", 4)]
    [InlineData("strings", "self.val1.indexOf('o') == 1", 314576)]
    [InlineData("strings", "self.val1.indexOf('o', 2) == 2", 314576)]
    [InlineData("strings", "self.val1.replace(' ', 'x') == 'Rookxtakesx'", 629150)]
    [InlineData("strings", "self.val1.split(' ') == ['Rook', 'takes', 'x']", 629159)]
    [InlineData("strings", "self.val1.split(' ', 2) == ['Rook', 'takes x']", 629159)]
    [InlineData("strings", "self.val1.substring(5) == 'takes'", 314576)]
    [InlineData("strings", "self.val1.substring(4, 10).trim() == 'takes'", 629149)]
    [InlineData("strings", "self.val1.upperAscii() == 'ROOK TAKES X'", 314577)]
    [InlineData("strings", "self.val1.lowerAscii() == self.val1.lowerAscii()", 943723)]
    [InlineData("strings", "self.val1 == 'l1'", 3)]
    [InlineData("bytes", "self.val1 == self.val2", 314577)]
    [InlineData("bytes", "self.val1 == b'AB'", 3)]
    [InlineData("bytes", "size(self.val1) == 2", 4)]
    [InlineData("durations", "self.val1 == duration('1h2m') + duration('3s4ms')", 6)]
    [InlineData("durations", "self.val1.getHours() == 1", 4)]
    [InlineData("durations", "type(self.val1) == google.protobuf.Duration", 4)]
    [InlineData("durations", "self.val1 == self.val2 && self.val1 == duration('1s') && self.val2 == duration('1s')", 16)]
    [InlineData("lists", "self.val1 == self.val2 && self.val1 == [1, 2, 3] && self.val2 == [1, 2, 3]", 157317)]
    [InlineData("lists", "1 in self.val1", 1572865)]
    [InlineData("lists", "self.val2[0] in self.val1", 1572868)]
    [InlineData("lists", "!(0 in self.val1)", 1572866)]
    [InlineData("lists", "self.val1 + self.val2 == [1, 2, 3, 1, 2, 3]", 16)]
    [InlineData("lists", "self.val1 + [4, 5] == [1, 2, 3, 4, 5]", 24)]
    [InlineData("lists", "has(self.val1) && has(self.val2)", 2)]
    [InlineData("lists", "!has(self.val1)", 2)]
    [InlineData("lists", "self.val1.all(k, size(self.val1) > 0)", 11010044)]
    [InlineData("lists", "self.val1.exists_one(k, self.val1 == [2])", 23592949)]
    [InlineData("lists", "!self.val1.exists_one(k, size(self.val1) > 0)", 9437183)]
    [InlineData("lists", "size(self.val1.filter(k, size(self.val1) > 1)) == 1", 26738686)]
    [InlineData("lists", "self.val1.all(e, e > 0)", 7864318)]
    [InlineData("lists", "self.val1.exists(e, e > 2)", 9437181)]
    [InlineData("lists", "self.val1.exists_one(e, e > 4)", 6291456)]
    [InlineData("lists", "!self.val1.all(e, e < 2)", 7864319)]
    [InlineData("maps", "self.val1 == self.val2", 39326)]
    [InlineData("maps", "'k1' in self.val1", 3)]
    [InlineData("maps", "self.val1 == {'k1': 'a', 'k2': 'b'}", 33)]
    [InlineData("maps", "self.val1.all(k, size(self.val1) > 0)", 2752508)]
    [InlineData("maps", "self.val1.exists_one(k, size(self.val1) > 0)", 2359294)]
    [InlineData("maps", "size(self.val1.filter(k, size(self.val1) > 1)) == 1", 6684670)]
    [InlineData("listMaps", "self.val1.all(m, m.k.startsWith('a'))", 6291453)]
    [InlineData("listMaps", "self.val1.all(m, !has(m.v2) || m.v2 == 'z')", 8388603)]
    [InlineData("listMaps", "self.val1.exists(m, m.k.endsWith('1'))", 7340028)]
    [InlineData("listMaps", "self.val1.exists_one(m, m.k == 'a3')", 5242879)]
    [InlineData("listMaps", "!self.val1.exists(m, m.v == 'x')", 7340029)]
    [InlineData("listMaps", "size(self.val1.filter(m, m.k == 'a1')) == 1", 16777215)]
    [InlineData("listMaps", "self.val1.exists(m, m.k == 'a1' && m.v == 'b1')", 10485753)]
    [InlineData("listMaps", "self.val1.map(m, m.v).exists(v, v == 'b1')", 19922939)]
    [InlineData("listMaps", "self.val1.map(m, has(m.v2) && m.v2 == 'z', m.v2).size() == 1", 18874365)]
    [InlineData("listMaps", "self.val1.filter(m, has(m.v2) && m.v2 == 'z').map(m, m.v2).size() == 1", 32505851)]
    [InlineData("listMaps", "self.val1[0] == self.val1[1]", 6)]
    public void Estimates_are_those_of_Kubernetes(string kind, string rule, long expected) =>
        Assert.Equal((ulong)expected, Compile(kind, rule).EstimateCost().Max);

    [Theory]
    [InlineData("integers", "self.val1 == self.val2 && self.val1 == 5 && self.val2 == 5", 11)]
    [InlineData("integers", "type(self.val1) == int", 4)]
    [InlineData("integers", "double(5) < 10.0", 1)]
    [InlineData("integers", "double(self.val1) < 10.0", 4)]
    [InlineData("strings", "self.val1.startsWith('Rook')", 4)]
    [InlineData("strings", "self.val1.matches('^[^0-9]*$')", 8)]
    [InlineData("strings", "size(self.val1) == 12", 4)]
    [InlineData("strings", "self.val1.charAt(3) == 'k'", 4)]
    [InlineData("strings", "self.val1.indexOf('o') == 1", 4)]
    [InlineData("strings", "self.val1.replace(' ', 'x') == 'Rookxtakesx\\U0001F451'", 7)]
    [InlineData("strings", "self.val1.split(' ') == ['Rook', 'takes', '\\U0001F451']", 6)]
    [InlineData("strings", "self.val1.substring(5) == 'takes \\U0001F451'", 5)]
    [InlineData("strings", "self.val1.substring(0, 4) == 'Rook'", 5)]
    [InlineData("strings", "self.val1.substring(4, 10).trim() == 'takes'", 6)]
    [InlineData("strings", "self.val1.upperAscii() == 'ROOK TAKES \\U0001F451'", 6)]
    [InlineData("strings", "self.val1 in ['Pending', 'Available']", 2)]
    [InlineData("bytes", "self.val1 == self.val2", 5)]
    [InlineData("bytes", "size(self.val1) == 2", 4)]
    [InlineData("durations", "self.val1 == duration('1h2m') + duration('3s4ms')", 4)]
    [InlineData("durations", "self.val1.getHours() == 1", 4)]
    [InlineData("lists", "1 in self.val1", 10)]
    [InlineData("lists", "self.val2[0] in self.val1", 13)]
    [InlineData("lists", "self.val1 + [4, 5] == [1, 1, 2, 2, 3, 3, 4, 5, 4, 5]", 4)]
    [InlineData("lists", "self.val1.all(e, e > 0)", 43)]
    [InlineData("lists", "self.val1.exists(e, e > 2)", 36)]
    [InlineData("lists", "self.val1.exists_one(e, e > 4)", 22)]
    [InlineData("lists", "!self.val1.all(e, e < 2)", 21)]
    [InlineData("lists", "!self.val1.exists(e, e < 0)", 52)]
    [InlineData("lists", "!self.val1.exists_one(e, e == 2)", 25)]
    [InlineData("lists", "size(self.val1.filter(e, e%2 == 0)) == 3", 68)]
    [InlineData("lists", "self.val1.map(e, e * 20).filter(e, e > 50).exists(e, e == 60)", 194)]
    [InlineData("maps", "self.val1 == self.val2", 5)]
    [InlineData("maps", "'k1' in self.val1", 3)]
    [InlineData("maps", "self.val1 == {'k1': 'a', 'k2': 'b'}", 3)]
    [InlineData("maps", "!has(self.val1.a)", 3)]
    [InlineData("listMaps", "has(self.val1[0].v)", 3)]
    [InlineData("listMaps", "self.val1.all(m, m.k.startsWith('a'))", 21)]
    [InlineData("listMaps", "self.val1.all(m, !has(m.v2) || m.v2 == 'z')", 21)]
    [InlineData("listMaps", "self.val1.exists(m, m.k.endsWith('1'))", 13)]
    [InlineData("listMaps", "self.val1.exists_one(m, m.k == 'a3')", 15)]
    [InlineData("listMaps", "!self.val1.all(m, m.k.endsWith('1'))", 18)]
    [InlineData("listMaps", "!self.val1.exists(m, m.v == 'x')", 25)]
    [InlineData("listMaps", "size(self.val1.filter(m, m.k == 'a1')) == 1", 27)]
    [InlineData("listMaps", "self.val1.exists(m, m.k == 'a1' && m.v == 'b1')", 16)]
    [InlineData("listMaps", "self.val1.map(m, m.v).exists(v, v == 'b1')", 55)]
    [InlineData("listMaps", "self.val1.exists(m, has(m.v2) && m.v2 == 'z')", 21)]
    [InlineData("listMaps", "!self.val1.all(m, has(m.v2) && m.v2 != 'z')", 10)]
    [InlineData("listMaps", "self.val1.exists_one(m, has(m.v2) && m.v2 == 'z')", 12)]
    [InlineData("listMaps", "self.val1.filter(m, has(m.v2) && m.v2 == 'z').map(m, m.v2).size() == 1", 39)]
    [InlineData("listMaps", "self.val1.exists(m, m.v2 == 'z')", 24)]
    [InlineData("listMaps", "!self.val1.all(m, m.v2 != 'z')", 22)]
    [InlineData("listMaps", "self.val1[0] == self.val1[1]", 7)]
    public void Charges_are_those_of_Kubernetes(string kind, string rule, long expected)
    {
        var (_, json, json2) = Field(kind);
        var budget = new CelBudget();
        var self = Value.Parse($"{{\"val1\":{json},\"val2\":{json2 ?? json}}}");
        Compile(kind, rule).Evaluate(new CelActivation().Set("self", self), budget);
        Assert.Equal(expected, budget.LastCost);
    }
}
