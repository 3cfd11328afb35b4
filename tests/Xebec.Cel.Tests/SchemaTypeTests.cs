using Xebec.ApiMachinery.Schema;

namespace Xebec.Cel.Tests;

/// <summary>The built-in kinds' schema as types of the language.</summary>
public sealed class SchemaTypeTests
{
    private const string Schema = """
        package a/v1
        type Spec
          1 replicas *int32 omitempty
          2 ports []Port omitempty list=map:name
          3 nodeSelector map[]string omitempty
          4 target intorstring omitempty
          5 inner *Spec omitempty
          6 since time omitempty
          7 data bytes omitempty
        type Port
          1 name string
          2 port int32

        """;

    [Theory]
    [InlineData("spec.replicas + 1", "4")]
    [InlineData("spec.ports.exists(p, p.name == 'web' && p.port == 80)", "true")]
    [InlineData("spec.nodeSelector['a/b']", "'c'")]
    [InlineData("spec.target == 'http' || spec.target == 80", "true")]
    [InlineData("spec.inner.inner.replicas", "7")]
    [InlineData("has(spec.inner.inner.inner)", "false")]
    [InlineData("spec.since.getFullYear()", "2024")]
    [InlineData("spec.replica", "refused: undefined field 'replica'")]
    [InlineData("spec.ports.all(p, p.prt > 0)", "refused: undefined field 'prt'")]
    [InlineData("spec.replicas == 'x'", "refused: found no matching overload for '_==_' applied to '(int, string)'")]
    public void Fields_of_a_kind_are_type_checked(string expression, string expected)
    {
        var reader = new SchemaReader();
        reader.Add("a", Schema);
        var type = CelSchemaTypes.FromSchema(reader.Build()["a/v1.Spec"]);
        const string Json = """
            {"replicas":3,"ports":[{"name":"web","port":80}],"nodeSelector":{"a/b":"c"},"target":80,
             "inner":{"inner":{"replicas":7}},"since":"2024-01-02T03:04:05Z"}
            """;
        Assert.Equal(expected, Cel.Run(expression, ("spec", type, Json)));
    }
}
