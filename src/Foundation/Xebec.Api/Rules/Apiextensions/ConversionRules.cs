using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Apiextensions;

/// <summary>A definition's conversion: a webhook says where it is and which reviews it reads.</summary>
internal static class ConversionRules
{
    private const string OnlyForWebhooks = "should not be set when strategy is not set to Webhook";

    public static void Check(ObjectValue conversion, CheckContext context)
    {
        var webhook = conversion.GetObject("webhook");
        var (clientConfig, versions) = (webhook?.GetObject("clientConfig"), webhook?.GetList("conversionReviewVersions") ?? []);
        var at = context.At("webhook");
        if (conversion.GetString("strategy") == "Webhook")
        {
            if (clientConfig is null)
                context.Add(FieldError.Required(at.Child("clientConfig"), "required when strategy is set to Webhook"));
            CheckReviewVersions(versions, at.Child("conversionReviewVersions"), context);
            return;
        }

        if (clientConfig is not null)
            context.Add(FieldError.Forbidden(at.Child("clientConfig"), OnlyForWebhooks));
        if (versions.Count > 0)
            context.Add(FieldError.Forbidden(at.Child("conversionReviewVersions"), OnlyForWebhooks));
    }

    private static void CheckReviewVersions(ListValue versions, FieldPath path, CheckContext context)
    {
        if (versions.Count == 0)
        {
            context.Add(FieldError.Required(path));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < versions.Count; i++)
        {
            var version = versions[i].AsString() ?? "";
            if (seen.Add(version))
                context.AddInvalid(path.Index(i), version, NameRules.Dns1035Label(version));
            else
                context.Add(FieldError.Invalid(path.Index(i), version, "duplicate version"));
        }

        if (!seen.Contains("v1") && !seen.Contains("v1beta1"))
            context.Add(FieldError.Invalid(path, versions, "must include at least one of v1, v1beta1"));
    }
}
