using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Printing;
using Xebec.ApiServer.Webhooks;

namespace Xebec.ApiServer.CustomResources;

/// <summary>The webhooks that definitions name for converting between their versions.</summary>
internal sealed class ConversionWebhooks(WebhookClients clients)
{
    /// <summary>The webhook of a definition, null when its versions differ in name alone.</summary>
    public ConversionWebhook? Find(Definition definition)
    {
        if (definition.Conversion.Text("strategy") != "Webhook" || definition.Conversion.At("webhook") is not ObjectValue webhook)
            return null;
        var config = WebhookClientConfig.Read(webhook.GetObject("clientConfig") ?? []);
        var version = webhook.Texts("conversionReviewVersions").FirstOrDefault(v => v is "v1" or "v1beta1") ?? "v1";
        return new ConversionWebhook(clients.Get(config), definition.Names.Kind, version);
    }
}
