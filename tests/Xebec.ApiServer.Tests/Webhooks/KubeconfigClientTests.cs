using Microsoft.Extensions.Time.Testing;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.Tests.Webhooks;

public sealed class KubeconfigClientTests
{
    [Fact]
    public async Task An_answer_longer_than_any_review_is_a_failed_call()
    {
        await using var hooks = await WebhookServer.StartAsync();
        hooks.On("/short", review => review);
        hooks.On("/long", _ => new ObjectValue { ["padding"] = new string('x', 5 * 1024 * 1024) });
        var review = new ObjectValue { ["kind"] = "TokenReview" };
        Assert.Equal("TokenReview", (await PostAsync(hooks, "/short", review)).GetString("kind"));
        await Assert.ThrowsAsync<WebhookCallException>(() => PostAsync(hooks, "/long", review));
    }

    private static async Task<ObjectValue> PostAsync(WebhookServer hooks, string path, ObjectValue review)
    {
        var target = new KubeconfigTarget(new Uri($"https://127.0.0.1:{hooks.Port}{path}"), hooks.CaBundle, "127.0.0.1", "", null);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        using var client = new KubeconfigClient(target, TimeSpan.FromSeconds(30), time);
        return await client.PostAsync(review, CancellationToken.None);
    }
}
