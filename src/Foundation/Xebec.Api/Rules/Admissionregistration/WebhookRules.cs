using Xebec.Api.Rules.Core;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Admissionregistration;

/// <summary>Admission webhooks.</summary>
internal static class WebhookRules
{
    private static readonly string[] Versions = ["v1", "v1beta1"];

    public static void Check(ObjectValue webhook, CheckContext context)
    {
        CheckName(webhook.GetString("name") ?? "", context);
        if (webhook["timeoutSeconds"]?.AsInt64() is { } seconds and (< 1 or > 30))
            context.Invalid("timeoutSeconds", seconds, "the timeout value must be between 1 and 30 seconds");
        if (webhook["sideEffects"].IsAbsent())
            context.Required("sideEffects", "must specify one of None, NoneOnDryRun");
        CheckVersions(webhook.GetList("admissionReviewVersions") ?? [], context);
    }

    public static void CheckClientConfig(ObjectValue config, CheckContext context)
    {
        var count = UnionRules.Count(config, "url", "service");
        if (count != 1)
            context.Add(FieldError.Required(context.Here, "exactly one of url or service is required"));
        if (config.GetString("url") is { } url && count == 1)
            WebhookTargetRules.CheckUrl(url, context);
        if (config.GetObject("service") is { } service && count == 1)
            WebhookTargetRules.CheckService(service, context.At("service"), context);
    }

    private static void CheckName(string name, CheckContext context)
    {
        if (name.Length == 0)
            return;
        if (NameRules.DnsSubdomain(name) is { Count: > 0 } messages)
            context.Invalid("name", name, string.Join(',', messages));
        else if (name.Split('.').Length < 3)
            context.Invalid("name", name, "should be a domain with at least three segments separated by dots");
    }

    private static void CheckVersions(ListValue versions, CheckContext context)
    {
        var path = context.At("admissionReviewVersions");
        if (versions.Count == 0)
        {
            context.Add(FieldError.Required(path, "must specify one of v1, v1beta1"));
            return;
        }

        for (var i = 0; i < versions.Count; i++)
        {
            var version = versions[i].AsString() ?? "";
            if (versions.Take(i).Any(v => v.AsString() == version))
                context.Add(FieldError.Invalid(path.Index(i), version, "duplicate version"));
            else
                context.AddInvalid(path.Index(i), version, NameRules.Dns1035Label(version));
        }

        if (!versions.Any(v => Array.IndexOf(Versions, v.AsString()) >= 0))
            context.Add(FieldError.Invalid(path, versions, "must include at least one of v1, v1beta1"));
    }
}
