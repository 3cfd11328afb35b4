using Xebec.ApiMachinery.Resources;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.OpenApi;

namespace Xebec.ApiServer.Tests.OpenApi;

public sealed class CustomDefinitionTests
{
    private const string Declared =
        """
        {"type":"object","properties":{"spec":{"type":"object","properties":{
          "size":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]},
          "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"a":{"type":"string"}}},
          "name":{"type":"string","nullable":true,"default":"x"}}}}}
        """;

    [Fact]
    public void OpenApi_3_shows_the_declared_schema_as_an_object_of_the_API()
    {
        var definition = Definition(OpenApiVersion.V3);
        var properties = definition.GetObject("properties")!;
        Assert.Equal(["spec", "apiVersion", "kind", "metadata"], properties.Select(p => p.Key));
        Assert.True(properties["spec"]!.DeepEquals(((ObjectValue)Value.Parse(Declared)).GetObject("properties")!["spec"]));
        Assert.Equal(
            """[{"group":"stable.example.com","kind":"CronTab","version":"v1"}]""",
            definition["x-kubernetes-group-version-kind"]!.ToString());
    }

    [Fact]
    public void OpenApi_2_leaves_open_what_it_cannot_say() => Assert.Equal(
        Value.Parse(
            """
            {"type":"object","properties":{"size":{"x-kubernetes-int-or-string":true},"free":{"type":"object",
            "x-kubernetes-preserve-unknown-fields":true},"name":{}}}
            """).ToString(),
        Definition(OpenApiVersion.V2).GetObject("properties")!["spec"]!.ToString());

    [Fact]
    public void The_name_is_the_group_reversed() =>
        Assert.Equal("com.example.stable.v1.CronTab", DefinitionNames.OfCustom(new GroupVersion("stable.example.com", "v1"), "CronTab"));

    private static ObjectValue Definition(OpenApiVersion version) => CustomDefinition.Kind(
        new GroupVersion("stable.example.com", "v1"), "CronTab", (ObjectValue)Value.Parse(Declared), version);
}
