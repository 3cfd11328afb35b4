using CsCheck;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Patches;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Patches;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("""{"a":1}""", """[{"op":"add","path":"/b","value":2}]""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":[1,3]}""", """[{"op":"add","path":"/a/1","value":2}]""", """{"a":[1,2,3]}""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/-","value":2}]""", """{"a":[1,2]}""")]
    [InlineData("""{"a":[1]}""", """[{"op":"add","path":"/a/1","value":2}]""", """{"a":[1,2]}""")]
    [InlineData("""{"a":1,"b":2}""", """[{"op":"remove","path":"/a"}]""", """{"b":2}""")]
    [InlineData("""{"a":[1,2]}""", """[{"op":"remove","path":"/a/0"}]""", """{"a":[2]}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"replace","path":"/a/b","value":null}]""", """{"a":{"b":null}}""")]
    [InlineData("""{"a":{"b":1},"c":{}}""", """[{"op":"move","from":"/a/b","path":"/c/d"}]""", """{"a":{},"c":{"d":1}}""")]
    [InlineData("""{"a":{"b":1}}""", """[{"op":"copy","from":"/a","path":"/c"}]""", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("""{"a/b":{"m~n":1}}""", """[{"op":"test","path":"/a~1b/m~0n","value":1}]""", """{"a/b":{"m~n":1}}""")]
    [InlineData("""{"a":1}""", """[{"op":"test","path":"/b","value":null}]""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """[{"op":"replace","path":"","value":{"z":1}}]""", """{"z":1}""")]
    public void Applies(string document, string patch, string expected) =>
        Assert.Equal(expected, JsonPatch.Apply(Value.Parse(document), Value.Parse(patch)).ToString());

    [Theory]
    [InlineData("""[{"op":"remove","path":"/x"}]""", 422)]
    [InlineData("""[{"op":"replace","path":"/x","value":1}]""", 422)]
    [InlineData("""[{"op":"test","path":"/a","value":2}]""", 422)]
    [InlineData("""[{"op":"add","path":"/l/5","value":2}]""", 422)]
    [InlineData("""[{"op":"add","path":"/l/01","value":2}]""", 422)]
    [InlineData("""[{"op":"add","path":"/x/y","value":2}]""", 422)]
    [InlineData("""[{"op":"jump","path":"/a"}]""", 422)]
    [InlineData("""[{"op":"add","path":"/a"}]""", 422)]
    [InlineData("""[{"op":"move","from":"/m","path":"/m/n"}]""", 422)]
    [InlineData("""{"a":2}""", 400)]
    public void Refuses(string patch, int code) => Assert.Equal(
        code,
        Assert.Throws<ApiException>(() => JsonPatch.Apply(Value.Parse("""{"a":1,"l":[1],"m":{}}"""), Value.Parse(patch))).Code);

    [Fact]
    public void Too_many_operations_are_refused()
    {
        var test = Value.Parse("""{"op":"test","path":"/a"}""");
        var patch = new ListValue(Enumerable.Repeat(test, JsonPatch.MaximumOperations + 1));
        var error = Assert.Throws<ApiException>(() => JsonPatch.Apply(new ObjectValue(), patch));
        Assert.Equal("Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001", error.Message);
    }

    [Fact]
    public void A_patch_cannot_double_itself_without_end()
    {
        var patch = new ListValue(Enumerable.Range(0, 60).Select(i => Value.Parse($$"""{"op":"copy","from":"/a","path":"/a/x{{i}}"}""")));
        Assert.Equal(422, Assert.Throws<ApiException>(() => JsonPatch.Apply(Value.Parse("""{"a":{"b":1}}"""), patch)).Code);
    }

    [Fact]
    public void What_was_added_is_tested_and_removing_it_restores() => Gen.Select(JsonGen.Object, JsonGen.Any).Sample((document, value) =>
    {
        var patch = new ListValue([
            Operation("add", value), Operation("test", value), Operation("remove", null),
        ]);
        return JsonPatch.Apply(document.DeepClone(), patch).DeepEquals(document);
    });

    private static ObjectValue Operation(string op, Value? value)
    {
        var operation = new ObjectValue { ["op"] = op, ["path"] = "/fresh~1name" };
        operation["value"] = value;
        return operation;
    }
}
