using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Tests.Webhooks;

namespace Xebec.ApiServer.Tests.CustomResources;

/// <summary>The answers of a conversion webhook.</summary>
internal static class ConversionReviews
{
    /// <summary>The spec.conversion that names a webhook.</summary>
    public static Value Strategy(WebhookServer hooks, string path) => Value.Parse(
        $$$"""{"strategy":"Webhook","webhook":{"conversionReviewVersions":["v1"],"clientConfig":{{{hooks.ClientConfig(path)}}}}}""");

    /// <summary>Answers with the objects, changed by a function of object and wanted version.</summary>
    public static Func<ObjectValue, ObjectValue> Answering(Action<ObjectValue, string> convert) => review =>
    {
        var request = review.GetObject("request")!;
        var wanted = request.GetString("desiredAPIVersion")!;
        return new ObjectValue
        {
            ["apiVersion"] = review["apiVersion"],
            ["kind"] = "ConversionReview",
            ["response"] = new ObjectValue
            {
                ["uid"] = request["uid"],
                ["result"] = new ObjectValue { ["status"] = "Success" },
                ["convertedObjects"] = new ListValue(request.GetList("objects")!.Select(o => Convert((ObjectValue)o.DeepClone(), wanted, convert))),
            },
        };
    };

    private static Value Convert(ObjectValue item, string wanted, Action<ObjectValue, string> convert)
    {
        item["apiVersion"] = wanted;
        convert(item, wanted);
        return item;
    }
}
