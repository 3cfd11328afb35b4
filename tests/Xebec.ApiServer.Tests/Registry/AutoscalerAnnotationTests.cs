using System.Net;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Tests.Registry;

/// <summary>autoscaling/v1 keeps in annotations what it has no fields for, and anybody may write annotations.</summary>
public sealed class AutoscalerAnnotationTests
{
    [Theory]
    [InlineData("behavior", "\"x\"")]
    [InlineData("metrics", "[5]")]
    [InlineData("metrics", "{}")]
    [InlineData("conditions", "5")]
    [InlineData("current-metrics", "[[]]")]
    public async Task An_annotation_of_another_type_says_nothing(string name, string text)
    {
        await using var server = await TestServer.StartAsync();
        var scaler = (ObjectValue)Value.Parse("""{"metadata":{"name":"a"},"spec":{"maxReplicas":3,"scaleTargetRef":{"kind":"Deployment","name":"d","apiVersion":"apps/v1"}},"status":{"currentReplicas":1,"desiredReplicas":1}}""");
        scaler.GetObject("metadata")!["annotations"] = new ObjectValue { { "autoscaling.alpha.kubernetes.io/" + name, text } };
        var (code, answer) = await server.SendAsync(
            HttpMethod.Post, "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers", scaler.ToString());
        Assert.True(code == HttpStatusCode.Created, answer.ToString());
    }
}
