using Xebec.ApiMachinery.Apply;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Structural;
using Xebec.ApiMachinery.Tests.Patches;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Apply;

/// <summary>Server-side apply by the schema of a CustomResourceDefinition.</summary>
public sealed class CustomApplyTests
{
    private const string Port = """{"type":"object","required":["port"],"properties":{"port":{"type":"integer"},"name":{"type":"string"},"tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"} } } }""";
    private const string Ports = $$"""{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["port"],"items":{{Port}}}""";

    [Theory]
    [InlineData($$"""{"type":"object","additionalProperties":{{Ports}}}""", """{"k":[{"port":1}]}""", """{"k":[{"port":2}]}""",
        """{"k":[{"port":1},{"port":2}]}""", """{"f:k":{".":{},"k:{\"port\":2}":{".":{},"f:port":{}}}}""")]
    [InlineData($$"""{"type":"object","additionalProperties":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"} } }""",
        """{"k":["a"]}""", """{"k":["b"]}""", """{"k":["a","b"]}""", """{"f:k":{".":{},"v:\"b\"":{}}}""")]
    [InlineData($$"""{"type":"object","properties":{"k":{"type":"object","additionalProperties":{"type":"object","additionalProperties":{{Ports}} } } } }""",
        """{"k":{"l":{"m":[{"port":1}]}}}""", """{"k":{"l":{"m":[{"port":2}]}}}""", """{"k":{"l":{"m":[{"port":1},{"port":2}]}}}""",
        """{"f:k":{"f:l":{".":{},"f:m":{".":{},"k:{\"port\":2}":{".":{},"f:port":{}}}}}}""")]
    public void Lists_in_maps_are_owned_item_by_item(string schema, string one, string two, string merged, string owned)
    {
        var (spec, fields) = ApplyBoth(schema, one, two);
        Assert.Equal(merged, spec);
        Assert.Equal($$"""{"f:spec":{{owned}}}""", fields);
    }

    [Fact]
    public void Lists_in_the_items_of_lists_are_owned_item_by_item()
    {
        var (spec, fields) = ApplyBoth(
            $$"""{"type":"object","properties":{"ports":{{Ports}}} }""",
            """{"ports":[{"port":1,"tags":["a"]}]}""", """{"ports":[{"port":1,"tags":["b"]}]}""");
        Assert.Equal("""{"ports":[{"port":1,"tags":["a","b"]}]}""", spec);
        Assert.Equal("""{"f:spec":{"f:ports":{"k:{\"port\":1}":{".":{},"f:port":{},"f:tags":{"v:\"b\"":{}}}}}}""", fields);
    }

    [Theory]
    [InlineData("""{"type":"object","x-kubernetes-map-type":"atomic","additionalProperties":{"type":"string"} }""")]
    [InlineData("""{"type":"object","x-kubernetes-map-type":"atomic","properties":{"a":{"type":"string"},"b":{"type":"string"} } }""")]
    [InlineData("""{"type":"object","x-kubernetes-map-type":"atomic","x-kubernetes-preserve-unknown-fields":true}""")]
    public void An_atomic_map_is_owned_whole_wherever_it_is(string atomic)
    {
        foreach (var schema in new[] { $$"""{"type":"object","properties":{"k":{{atomic}}} }""", $$"""{"type":"object","additionalProperties":{{atomic}} }""" })
        {
            var live = Applied(null, "one", schema, """{"k":{"a":"1"}}""", force: false);
            var error = Assert.Throws<ApiException>(() => Applied(live, "two", schema, """{"k":{"b":"2"}}""", force: false));
            Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .spec.k", error.Message);
            Assert.Equal("""{"k":{"b":"2"}}""", Writes.Spec(Applied(live, "two", schema, """{"k":{"b":"2"}}""", force: true)));
        }
    }

    [Theory]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"} }""")]
    [InlineData("""{"type":"object","x-kubernetes-map-type":"granular","additionalProperties":{"type":"string"} }""")]
    [InlineData("""{"type":"object","x-kubernetes-map-type":"granular","properties":{"a":{"type":"string"},"b":{"type":"string"} } }""")]
    public void A_granular_map_is_owned_member_by_member(string granular)
    {
        var (spec, fields) = ApplyBoth($$"""{"type":"object","additionalProperties":{{granular}} }""", """{"k":{"a":"1"}}""", """{"k":{"b":"2"}}""");
        Assert.Equal("""{"k":{"a":"1","b":"2"}}""", spec);
        Assert.Equal("""{"f:spec":{"f:k":{".":{},"f:b":{}}}}""", fields);
    }

    [Theory]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":true}""")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"x-kubernetes-preserve-unknown-fields":true}""")]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"known":{"type":"object","properties":{"z":{"type":"string"} } } } }""")]
    public void Unknown_fields_are_maps_by_member_and_lists_as_a_whole(string open)
    {
        var live = Applied(null, "one", open, """{"known":{"a":{"b":1}},"l":[{"name":"x"}]}""", force: false);
        var error = Assert.Throws<ApiException>(() => Applied(live, "two", open, """{"known":{"a":{"c":2}},"l":[{"name":"y"}]}""", force: false));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .spec.l", error.Message);
        Assert.Equal("""{"known":{"a":{"b":1,"c":2}},"l":[{"name":"x"}]}""", Writes.Spec(Applied(live, "two", open, """{"known":{"a":{"c":2}}}""", force: false)));
    }

    [Fact]
    public void Repeated_items_of_a_list_in_a_map_are_refused()
    {
        var error = Assert.Throws<ApiException>(() => Applied(
            null, "one", $$"""{"type":"object","additionalProperties":{{Ports}} }""", """{"k":[{"port":1},{"port":1}]}""", force: false));
        Assert.EndsWith(".spec.k: duplicate entries for key [port=1]", error.Message, StringComparison.Ordinal);
    }

    private static (string Spec, string Fields) ApplyBoth(string schema, string one, string two)
    {
        var live = Applied(Applied(null, "one", schema, one, force: false), "two", schema, two, force: false);
        return (Writes.Spec(live), Writes.FieldsOf(live, "two"));
    }

    private static ObjectValue Applied(ObjectValue? live, string manager, string specSchema, string spec, bool force)
    {
        var config = TestSchema.Parse($$$"""{"apiVersion":"test/v1","kind":"Custom","metadata":{"name":"c"},"spec":{{{spec}}}}""");
        return FieldManager.ApplyAsync(live, config, new(Kind(specSchema), "test/v1"), manager, force, "", "t1").Finished();
    }

    private static StructSchema Kind(string specSchema)
    {
        var root = TestSchema.Parse($$"""{"type":"object","properties":{"spec":{{specSchema}} } }""");
        var objectMeta = (StructSchema)TestSchema.App.Field("metadata")!.Type;
        return StructuralTypes.Kind("test/v1", "Custom", objectMeta, () => StructuralReader.Read(root));
    }
}
