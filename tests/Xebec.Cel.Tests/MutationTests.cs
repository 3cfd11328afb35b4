using Xebec.ApiMachinery.Values;

namespace Xebec.Cel.Tests;

public sealed class MutationTests
{
    private static readonly CelEnvironment Environment =
        new CelEnvironment([new("object", CelType.Dyn), new("variables", CelType.Dyn)]).WithMutationTypes();

    private static string Json(string expression)
    {
        var activation = new CelActivation().Set("object", Value.Parse("""{"spec":{"replicas":2}}""")).Set("variables", new ObjectValue());
        try
        {
            return Environment.Compile(expression).Evaluate(activation, new CelBudget()).ToJson().ToString();
        }
        catch (CelEvaluationException failed)
        {
            return "error: " + failed.Message;
        }
        catch (CelCompileException refused)
        {
            return "refused: " + refused.Issues[0].Message;
        }
    }

    [Theory]
    [InlineData("Object{spec: Object.spec{replicas: object.spec.replicas + 1}}", """{"spec":{"replicas":3}}""")]
    [InlineData("Object{}", "{}")]
    [InlineData("Object{metadata: Object.metadata{labels: {'a': 'b'}}}", """{"metadata":{"labels":{"a":"b"}}}""")]
    [InlineData(
        "Object{spec: Object.spec{containers: [Object.spec.containers{name: 'x', image: 'y'}]}}",
        """{"spec":{"containers":[{"name":"x","image":"y"}]}}""")]
    [InlineData("Object{?spec: optional.none(), kind: 'X'}", """{"kind":"X"}""")]
    [InlineData(
        "Object{spec: Object.status{}}",
        "error: unexpected type name \"Object.status\", expected \"Object.spec\", which matches field name path from root Object type")]
    [InlineData("[JSONPatch{op: 'add', path: '/a/' + jsonpatch.escapeKey('b/c'), value: 1}]", """[{"op":"add","path":"/a/b~1c","value":1}]""")]
    [InlineData("[JSONPatch{op: 'replace', path: '/spec', value: Object.spec{replicas: 1}}]", """[{"op":"replace","path":"/spec","value":{"replicas":1}}]""")]
    [InlineData("JSONPatch{op: 1}", "refused: expected type of field 'op' is 'string' but provided type is 'int'")]
    [InlineData("JSONPatch{oops: 1}", "refused: undefined field 'oops'")]
    [InlineData("Unknown{a: 1}", "refused: undeclared reference to 'Unknown' (in container '')")]
    public void Mutations_are_constructed(string expression, string expected) => Assert.Equal(expected, Json(expression));
}
