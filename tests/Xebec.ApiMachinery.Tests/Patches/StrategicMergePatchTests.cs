using CsCheck;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Patches;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Patches;

public sealed class StrategicMergePatchTests
{
    [Theory]
    [InlineData(
        """{"containers":[{"name":"a","image":"1"},{"name":"b"}]}""",
        """{"containers":[{"name":"a","image":"2"}]}""",
        """{"containers":[{"name":"a","image":"2"},{"name":"b"}]}""")]
    [InlineData(
        """{"containers":[{"name":"a"}]}""",
        """{"containers":[{"name":"b","image":"1","args":null}]}""",
        """{"containers":[{"name":"b","image":"1"},{"name":"a"}]}""")]
    [InlineData(
        """{"containers":[{"name":"a"},{"name":"b"}]}""",
        """{"containers":[{"name":"a","$patch":"delete"}]}""",
        """{"containers":[{"name":"b"}]}""")]
    [InlineData(
        """{"containers":[{"name":"a"},{"name":"b"}]}""",
        """{"containers":[{"name":"c"},{"$patch":"replace"}]}""",
        """{"containers":[{"name":"c"}]}""")]
    [InlineData(
        """{"containers":[{"name":"a"},{"name":"b"},{"name":"c"}]}""",
        """{"$setElementOrder/containers":[{"name":"c"},{"name":"a"}]}""",
        """{"containers":[{"name":"b"},{"name":"c"},{"name":"a"}]}""")]
    [InlineData(
        """{"containers":[{"name":"a"},{"name":"z"}]}""",
        """{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"b"}]}""",
        """{"containers":[{"name":"b"},{"name":"a"},{"name":"z"}]}""")]
    [InlineData(
        """{"containers":[{"name":"a","args":["x","y"]}]}""",
        """{"containers":[{"name":"a","args":["z"]}]}""",
        """{"containers":[{"name":"a","args":["z"]}]}""")]
    [InlineData(
        """{"volumes":[{"name":"v","emptyDir":{}}]}""",
        """{"volumes":[{"$retainKeys":["name","secret"],"name":"v","secret":{"secretName":"s"}}]}""",
        """{"volumes":[{"name":"v","secret":{"secretName":"s"}}]}""")]
    [InlineData(
        """{"strategy":{"type":"RollingUpdate","rolling":{"surge":1}}}""",
        """{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}""",
        """{"strategy":{"type":"Recreate"}}""")]
    [InlineData("""{"strategy":{"type":"a"}}""", """{"strategy":{"$patch":"replace","rolling":{"surge":1}}}""", """{"strategy":{"rolling":{"surge":1}}}""")]
    [InlineData("""{"replicas":1,"strategy":{"type":"a"}}""", """{"strategy":{"$patch":"delete"}}""", """{"replicas":1,"strategy":{}}""")]
    [InlineData("""{"nodeSelector":{"a":"b"}}""", """{"nodeSelector":{"a":null,"c":"d"}}""", """{"nodeSelector":{"c":"d"}}""")]
    [InlineData("""{"replicas":1}""", """{"replicas":null,"strategy":{"type":null,"rolling":{}}}""", """{"strategy":{"rolling":{}}}""")]
    public void Merges_the_spec(string spec, string patch, string expected) =>
        Assert.Equal($$"""{"spec":{{expected}}}""", Patch($$"""{"spec":{{spec}}}""", $$"""{"spec":{{patch}}}"""));

    [Theory]
    [InlineData("""["a","b"]""", """{"finalizers":["c","b"]}""", """["c","a","b"]""")]
    [InlineData("""["a","b"]""", """{"$deleteFromPrimitiveList/finalizers":["a"]}""", """["b"]""")]
    [InlineData(
        """["a","b"]""",
        """{"$deleteFromPrimitiveList/finalizers":["a"],"$setElementOrder/finalizers":["c","b"],"finalizers":["c"]}""",
        """["c","b"]""")]
    public void Merges_lists_of_scalars(string live, string patch, string expected) => Assert.Equal(
        $$$"""{"metadata":{"finalizers":{{{expected}}}}}""",
        Patch($$$"""{"metadata":{"finalizers":{{{live}}}}}""", $$"""{"metadata":{{patch}}}"""));

    [Theory]
    [InlineData("""{"spec":{"containers":[{"image":"x"}]}}""", 400, "map: map[image:x] does not contain declared merge key: name")]
    [InlineData("""{"spec":{"strategy":{"$patch":"jump"}}}""", 400, "unknown patch type: jump in map: map[$patch:jump]")]
    [InlineData("""{"spec":{"strategy":{"$retainKeys":["type"],"rolling":{}}}}""", 400, "invalid patch format of retainKeys")]
    [InlineData(
        """{"spec":{"$setElementOrder/containers":[{"name":"a"}],"containers":[{"name":"b"}]}}""", 400, "invalid patch format of setElementOrder list")]
    [InlineData("""{"metadata":{"$deleteFromPrimitiveList/finalizers":"a"}}""", 400, "invalid patch format of primitive list")]
    public void Refuses(string patch, int code, string message)
    {
        var live = TestSchema.Parse("""{"spec":{"containers":[{"name":"a"}],"strategy":{"type":"a"}},"metadata":{"finalizers":["a"]}}""");
        var error = Assert.Throws<ApiException>(() => StrategicMergePatch.Apply(live, Value.Parse(patch), TestSchema.App));
        Assert.Equal((code, message), (error.Code, error.Message));
    }

    [Fact]
    public void Without_merge_keys_it_is_a_merge_patch() => Gen.Select(JsonGen.Object, JsonGen.Object).Sample((live, patch) =>
        StrategicMergePatch.Apply((ObjectValue)live.DeepClone(), patch, TestSchema.App)
            .DeepEquals(JsonMergePatch.Merge(live.DeepClone(), patch)));

    [Fact]
    public void The_patch_is_not_shared_with_the_object()
    {
        var patch = TestSchema.Parse("""{"spec":{"strategy":{"rolling":{"surge":1}}}}""");
        var patched = StrategicMergePatch.Apply([], patch, TestSchema.App);
        patched.GetObject("spec")!.GetObject("strategy")!["type"] = "changed";
        Assert.Equal("""{"spec":{"strategy":{"rolling":{"surge":1}}}}""", patch.ToString());
    }

    private static string Patch(string live, string patch) =>
        StrategicMergePatch.Apply(TestSchema.Parse(live), Value.Parse(patch), TestSchema.App).ToString();
}
