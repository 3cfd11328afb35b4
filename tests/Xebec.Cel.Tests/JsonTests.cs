using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Tests;

/// <summary>Objects are read in place, as the types they are declared with.</summary>
public sealed class JsonTests
{
    private static readonly CelObjectType Port = new("Port",
    [
        new("name", CelType.String), new("port", CelType.Int), new("protocol", CelType.String),
    ]);

    private static readonly CelObjectType Self = new("Self",
    [
        new("replicas", CelType.Int),
        new("ratio", CelType.Double),
        new("created", CelType.Timestamp),
        new("ttl", CelType.Duration),
        new("data", CelType.Bytes),
        new("day", CelType.Timestamp),
        new("tags", CelType.List(CelType.String, ListType.Set)),
        new("ports", CelType.List(Port, ListType.Map, ["port", "protocol"])),
        new("labels", CelType.Map(CelType.String, CelType.String)),
        new("either", CelType.Dyn),
        new("x-y.z/w", CelType.Int),
        new("namespace", CelType.String),
        new("a__b", CelType.Int),
        new("unset", CelType.String),
        new("nothing", CelType.Dyn),
    ]);

    private const string Json = """
        {"replicas":3,"ratio":2,"created":"2024-01-02T03:04:05Z","ttl":"1h30m","data":"aGk=","day":"2024-01-02","tags":["a","b"],
         "ports":[{"name":"web","port":80,"protocol":"TCP"}],"labels":{"app.kubernetes.io/name":"x"},"either":"50%","x-y.z/w":7,
         "namespace":"ns","a__b":1,"nothing":null,"undeclared":1}
        """;

    [Theory]
    [InlineData("self.replicas + 1", "4")]
    [InlineData("self.ratio", "2.0")]
    [InlineData("self.created.getFullYear()", "2024")]
    [InlineData("self.created + self.ttl", "2024-01-02T04:34:05Z")]
    [InlineData("self.day", "2024-01-02T00:00:00Z")]
    [InlineData("self.data == b'hi'", "true")]
    [InlineData("self.labels['app.kubernetes.io/name']", "'x'")]
    [InlineData("self.labels.exists(k, k.startsWith('app'))", "true")]
    [InlineData("type(self.either) == string", "true")]
    [InlineData("type(self.either) == int ? self.either > 1 : self.either == '50%'", "true")]
    [InlineData("self.x__dash__y__dot__z__slash__w", "7")]
    [InlineData("self.__namespace__", "'ns'")]
    [InlineData("self.a__underscores__b", "1")]
    [InlineData("self.namespace", "refused: undefined field 'namespace'")]
    [InlineData("self.undeclared", "refused: undefined field 'undeclared'")]
    [InlineData("has(self.unset)", "false")]
    [InlineData("has(self.replicas)", "true")]
    [InlineData("self.unset", "error: no such key: unset")]
    [InlineData("self.?unset.orValue('none')", "'none'")]
    [InlineData("self.nothing == null", "error: no such key: nothing")]
    [InlineData("has(self.nothing)", "false")]
    [InlineData("self.tags == ['b', 'a']", "true")]
    [InlineData("['b', 'a'] == self.tags", "true")]
    [InlineData("self.tags == ['b', 'c']", "false")]
    [InlineData("self.tags + ['b', 'c']", "['a', 'b', 'c']")]
    [InlineData("self.tags[0]", "'a'")]
    [InlineData("self.ports.all(p, p.port < 1024)", "true")]
    [InlineData("self.ports.map(p, p.name)", "['web']")]
    [InlineData("self.ports == self.ports", "true")]
    [InlineData("self == self", "true")]
    public void Fields_have_the_types_they_are_declared_with(string expression, string expected) =>
        Assert.Equal(expected, Cel.Run(expression, ("self", Self, Json)));

    [Fact]
    public void Members_that_are_not_declared_count_for_equality()
    {
        Assert.Equal("false", Cel.Run("self == oldSelf", ("self", Self, """{"x":1}"""), ("oldSelf", Self, """{"x":2}""")));
        Assert.Equal("true", Cel.Run("self == oldSelf", ("self", Self, """{"x":1,"tags":["a","b"]}"""), ("oldSelf", Self, """{"tags":["b","a"],"x":1}""")));
    }

    [Fact]
    public void A_list_of_type_map_merges_by_key()
    {
        const string Old = """{"ports":[{"name":"a","port":1,"protocol":"TCP"},{"name":"b","port":2,"protocol":"TCP"}]}""";
        const string New = """{"ports":[{"name":"c","port":2,"protocol":"TCP"},{"name":"d","port":2,"protocol":"UDP"}]}""";
        Assert.Equal(
            "['a', 'c', 'd']", Cel.Run("(oldSelf.ports + self.ports).map(p, p.name)", ("self", Self, New), ("oldSelf", Self, Old)));
        const string Turned = """{"ports":[{"name":"b","port":2,"protocol":"TCP"},{"name":"a","port":1,"protocol":"TCP"}]}""";
        Assert.Equal("true", Cel.Run("self.ports == oldSelf.ports", ("self", Self, Turned), ("oldSelf", Self, Old)));
    }

    [Theory]
    [InlineData("object.spec.replicas == 3", "true")]
    [InlineData("object.spec.ratio > 1", "true")]
    [InlineData("object.metadata.labels['a/b'] == 'c'", "true")]
    [InlineData("has(object.spec.missing)", "false")]
    [InlineData("object.spec.missing", "error: no such key: missing")]
    [InlineData("object.spec.replicas.x", "error: no such key: x")]
    [InlineData("object.spec.list.exists(x, x == 2)", "true")]
    [InlineData("object.spec.list == [1, 2]", "true")]
    [InlineData("object == null", "false")]
    [InlineData("!has(object.metadata.annotations) || object.metadata.annotations.size() == 0", "true")]
    [InlineData("object.spec.replicas + 'a'", "error: no such overload: _+_(int, string)")]
    public void Without_a_schema_values_are_what_they_are(string expression, string expected) => Assert.Equal(
        expected,
        Cel.Run(expression, ("object", CelType.Dyn, """{"metadata":{"labels":{"a/b":"c"}},"spec":{"replicas":3,"ratio":1.5,"list":[1,2]}}""")));

    [Fact]
    public void What_is_not_of_its_type_is_an_error_where_it_is_used()
    {
        Assert.Equal("error: invalid data, expected integer, got string", Cel.Run("self.replicas > 1", ("self", Self, """{"replicas":"x"}""")));
        Assert.Equal("true", Cel.Run("true || self.replicas > 1", ("self", Self, """{"replicas":"x"}""")));
    }

    [Fact]
    public void Lazy_values_are_read_when_and_only_when_they_are_needed()
    {
        var reads = 0;
        var variables = new CelObjectType("variables", [new("a", CelType.Int), new("b", CelType.Int)]);
        var activation = new CelActivation().Set("variables", Values.CelValue.LazyObject(variables, name =>
        {
            reads++;
            return name == "a" ? Values.CelValue.From(2L) : Values.CelValue.Failed("b failed");
        }));
        var environment = new CelEnvironment([new("variables", variables)]);
        Assert.Equal("6", Cel.Run(environment, "variables.a + variables.a + variables.a - 0 * variables.a", activation));
        Assert.Equal(1, reads);
        Assert.Equal("error: b failed", Cel.Run(environment, "variables.b == 1", activation));
        Assert.Equal("true", Cel.Run(environment, "variables.b == 1 || true", activation));
    }

    [Fact]
    public void A_program_knows_the_variables_it_names()
    {
        var environment = new CelEnvironment([new("self", Self), new("oldSelf", Self)]);
        Assert.True(environment.Compile("self.replicas >= oldSelf.replicas").Uses("oldSelf"));
        Assert.False(environment.Compile("self.replicas >= 0 && 'oldSelf' != ''").Uses("oldSelf"));
        Assert.False(environment.Compile("self.tags.all(oldSelf, oldSelf != '')").Uses("oldSelf"));
        Assert.True(environment.Compile("self.tags.all(x, x in oldSelf.tags)").Uses("oldSelf"));
    }

    [Fact]
    public void Results_become_JSON()
    {
        var json = new CelEnvironment([new("self", Self)])
            .Compile("{'t': dyn(self.created), 'd': duration('90s'), 'p': self.ports, 'b': self.data, 'x': null, 'l': [1, 2]}")
            .Evaluate(new CelActivation().Set("self", Value.Parse(Json)), new CelBudget()).ToJson();
        Assert.Equal(
            """{"t":"2024-01-02T03:04:05Z","d":"90s","p":[{"name":"web","port":80,"protocol":"TCP"}],"b":"aGk=","x":null,"l":[1,2]}""",
            json.ToString());
    }
}
