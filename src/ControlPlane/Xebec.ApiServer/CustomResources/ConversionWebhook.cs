using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Converts objects by asking a webhook (apiextensions.k8s.io/v1 ConversionReview).</summary>
internal sealed class ConversionWebhook(WebhookClient client, string kind)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly string[] Changeable = ["labels", "annotations"];

    /// <summary>The objects in another version, in the same order.</summary>
    /// <exception cref="ApiException">500: the webhook failed, or changed what it must not.</exception>
    public async Task<IReadOnlyList<ObjectValue>> ConvertAsync(
        IReadOnlyList<ObjectValue> items, string apiVersion, CancellationToken cancellationToken)
    {
        var from = items[0].GetString("apiVersion") ?? "";
        var uid = Guid.NewGuid().ToString();
        var review = new ObjectValue
        {
            { "kind", "ConversionReview" },
            { "apiVersion", "apiextensions.k8s.io/v1" },
            {
                "request",
                new ObjectValue { { "uid", uid }, { "desiredAPIVersion", apiVersion }, { "objects", new ListValue(items) } }
            },
        };
        try
        {
            var answer = await client.PostAsync(review.ToUtf8(), Timeout, cancellationToken);
            return Read(Value.Parse(answer), uid, items, apiVersion);
        }
        catch (Exception e) when (e is WebhookCallException or System.Text.Json.JsonException or InvalidDataException)
        {
            throw ApiErrors.InternalError($"conversion webhook for {from}, Kind={kind} failed: {e.Message}");
        }
    }

    private static ObjectValue[] Read(Value review, string uid, IReadOnlyList<ObjectValue> items, string apiVersion)
    {
        var response = review.At("response") ?? throw new InvalidDataException("no response provided");
        if (response.Text("uid") is var answered && answered != uid)
            throw new InvalidDataException($"expected response.uid=\"{uid}\", got \"{answered}\"");
        if (response.Text("result", "status") is var status && status != "Success")
        {
            var why = response.Text("result", "message").Or(response.Text("result", "reason"));
            throw new InvalidDataException(why.Length > 0 ? why : "response.result.status was '" + status + "', not 'Success'");
        }

        var converted = response.Items("convertedObjects").ToArray();
        if (converted.Length != items.Count)
            throw new InvalidDataException($"expected {items.Count} converted objects, got {converted.Length}");
        for (var i = 0; i < converted.Length; i++)
            Check(converted[i], items[i], apiVersion, i);
        return converted;
    }

    private static void Check(ObjectValue converted, ObjectValue original, string apiVersion, int position)
    {
        if (converted.Text("apiVersion") != apiVersion)
        {
            throw new InvalidDataException(
                $"invalid converted object at index {position}: invalid groupVersion (expected {apiVersion}, received {converted.Text("apiVersion")})");
        }

        if (converted.Text("kind") != original.Text("kind"))
        {
            throw new InvalidDataException(
                $"invalid converted object at index {position}: invalid kind (expected {original.Text("kind")}, received {converted.Text("kind")})");
        }

        // Only labels and annotations are the webhook's to change.
        var metadata = (ObjectValue)(original.GetObject("metadata") ?? []).DeepClone();
        foreach (var name in Changeable)
            metadata[name] = converted.GetObject("metadata")?[name];
        converted["metadata"] = metadata;
    }
}
