using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.CustomResources;

/// <summary>Converts objects by asking a webhook (apiextensions.k8s.io/v1 or v1beta1 ConversionReview).</summary>
internal sealed class ConversionWebhook(WebhookClient client, string kind, string reviewVersion)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly (string Field, string Name)[] Identity = [("name", "name"), ("namespace", "namespace"), ("uid", "UID")];
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
            { "apiVersion", $"apiextensions.k8s.io/{reviewVersion}" },
            {
                "request",
                new ObjectValue { { "uid", uid }, { "desiredAPIVersion", apiVersion }, { "objects", new ListValue(items) } }
            },
        };
        ObjectValue[] converted;
        try
        {
            converted = Read(Value.Parse(await client.PostAsync(review.ToUtf8(), Timeout, cancellationToken)), uid);
        }
        catch (Exception e) when (e is WebhookCallException or System.Text.Json.JsonException or InvalidDataException)
        {
            throw Failed(from, $"failed: {e.Message}");
        }

        if (converted.Length != items.Count)
            throw Failed(from, $"returned {converted.Length} objects, expected {items.Count}");
        for (var i = 0; i < converted.Length; i++)
        {
            if (Problem(converted[i], items[i], apiVersion) is { } problem)
                throw Failed(from, $"returned invalid object at index {i}: {problem}");
            Restore(converted[i], items[i]);
        }

        return converted;
    }

    private ApiException Failed(string from, string what) => ApiErrors.InternalError($"conversion webhook for {from}, Kind={kind} {what}");

    // Reviews of v1beta1 need not say which request they answer.
    private ObjectValue[] Read(Value review, string uid)
    {
        const string Expected = "apiextensions.k8s.io/v1, Kind=ConversionReview";
        var given = $"{review.Text("apiVersion").Or("/")}, Kind={review.Text("kind")}";
        if (reviewVersion == "v1" && given != Expected)
            throw new InvalidDataException($"expected webhook response of {Expected}, got {given}");
        var response = review.At("response") ?? throw new InvalidDataException("no response provided");
        if (reviewVersion == "v1" && response.Text("uid") is var answered && answered != uid)
            throw new InvalidDataException($"expected response.uid=\"{uid}\", got \"{answered}\"");
        if (response.Text("result", "status") is var status && status != "Success")
            throw new InvalidDataException(response.Text("result", "message").Or($"response.result.status was '{status}', not 'Success'"));
        return [.. response.Items("convertedObjects")];
    }

    private static string? Problem(ObjectValue converted, ObjectValue original, string apiVersion)
    {
        if (converted.Text("apiVersion") != apiVersion)
            return $"invalid groupVersion (expected {apiVersion}, received {converted.Text("apiVersion")})";
        if (converted.Text("kind") != original.Text("kind"))
            return $"invalid kind (expected {original.Text("kind")}, received {converted.Text("kind")})";
        foreach (var (field, name) in Identity)
        {
            var (before, after) = (original.Text("metadata", field), converted.Text("metadata", field));
            if (before != after)
                return $"must have the same {name}: {before} != {after}";
        }

        return null;
    }

    private static void Restore(ObjectValue converted, ObjectValue original)
    {
        // Only labels and annotations are the webhook's to change.
        var metadata = (ObjectValue)(original.GetObject("metadata") ?? []).DeepClone();
        foreach (var name in Changeable)
            metadata[name] = converted.GetObject("metadata")?[name];
        converted["metadata"] = metadata;
    }
}
