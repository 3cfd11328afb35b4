using System.Reflection;
using Xebec.Api.Tests.Fixtures;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Tests;

public sealed class TypedClassFixtureTests
{
    [Fact]
    public void TypedClassesKeepEveryFixture() => RoundtripFixture.ForEach(fixture =>
    {
        var type = TypeOf(fixture);
        var again = (byte[])GetType().GetMethod(nameof(ThroughTyped), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, [fixture.Json.ToUtf8()])!;
        var tree = (ObjectValue)Value.Parse(again);
        RemoveTypeMetaOfClaimTemplates(tree);
        Assert.True(tree.DeepEquals(fixture.Json), tree.ToString());
    });

    // A typed PersistentVolumeClaim always says its kind, as upstream's stored claim templates do; the reference object's does not.
    private static void RemoveTypeMetaOfClaimTemplates(ObjectValue tree)
    {
        foreach (var template in tree.GetObject("spec")?.GetList("volumeClaimTemplates") ?? [])
        {
            template.AsObject()!.Remove("kind");
            template.AsObject()!.Remove("apiVersion");
        }
    }

    private static Type TypeOf(RoundtripFixture fixture)
    {
        var words = fixture.Schema.Package.Split('/');
        var name = $"Xebec.Api.{words[0]}.{words[1]}.{fixture.Schema.Name}";
        return typeof(ApiJson).Assembly.GetType(name, throwOnError: true, ignoreCase: true)!;
    }

    private static byte[] ThroughTyped<T>(byte[] json)
        where T : IApiType<T> => ApiJson.Serialize(ApiJson.Deserialize<T>(json).DeepClone());
}
