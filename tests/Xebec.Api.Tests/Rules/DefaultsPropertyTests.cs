using CsCheck;
using Xebec.Api.Rules;
using Xebec.Api.Tests.Fixtures;
using Xebec.ApiMachinery.Decoding;
using Xebec.ApiMachinery.Schema;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests.Rules;

public sealed class DefaultsPropertyTests
{
    private static readonly StructSchema[] Kinds =
        [.. BuiltIn.Resources.Select(r => BuiltIn.KindSchema(r.GroupVersion, r.Kind)).DistinctBy(k => k.FullName)];

    [Fact]
    public void DefaultingTwiceChangesNothingMore()
    {
        foreach (var kind in Kinds)
        {
            var rules = KindRules.For(kind);
            ObjectGenerator.Of(kind).Sample(
                generated =>
                {
                    var once = ObjectDecoder.Normalize(generated, kind).Object;
                    rules.Default(once);
                    var stored = ObjectDecoder.Normalize(once, kind).Object;
                    var again = (ObjectValue)stored.DeepClone();
                    rules.Default(again);
                    Assert.Equal(stored.ToString(), ObjectDecoder.Normalize(again, kind).Object.ToString());
                },
                iter: 10);
        }
    }

    [Fact]
    public void DefaultingKeepsWhatAFullyPopulatedObjectSays()
    {
        foreach (var fixture in RoundtripFixture.All())
        {
            var item = (ObjectValue)fixture.Json;
            KindRules.For(fixture.Schema).Default(item);
            Assert.True(item.Count > 0, fixture.Name);
        }
    }
}
