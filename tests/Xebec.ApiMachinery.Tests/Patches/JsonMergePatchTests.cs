using CsCheck;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Patches;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiMachinery.Tests.Patches;

public sealed class JsonMergePatchTests
{
    // The table of RFC 7386, appendix A.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", """null""", """null""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""[1,2]""", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Merges_as_the_rfc_says(string target, string patch, string expected) =>
        Assert.Equal(expected, JsonMergePatch.Merge(Value.Parse(target), Value.Parse(patch)).ToString());

    [Fact]
    public void Patching_twice_changes_nothing_more() => Gen.Select(JsonGen.Object, JsonGen.Object).Sample((target, patch) =>
    {
        var once = JsonMergePatch.Merge(target.DeepClone(), patch);
        return JsonMergePatch.Merge(once.DeepClone(), patch).DeepEquals(once);
    });

    [Fact]
    public void A_patch_without_nulls_is_contained_in_the_result() => Gen.Select(JsonGen.Object, JsonGen.Object).Sample((target, patch) =>
        JsonMergePatch.Merge(new ObjectValue(), patch).DeepEquals(patch)
        && patch.All(m => JsonMergePatch.Merge(target.DeepClone(), patch).AsObject()!.ContainsKey(m.Key)));

    [Fact]
    public void A_patch_that_is_no_object_is_a_bad_request() =>
        Assert.Equal(400, Assert.Throws<ApiException>(() => JsonMergePatch.Apply([], new ListValue())).Code);
}
