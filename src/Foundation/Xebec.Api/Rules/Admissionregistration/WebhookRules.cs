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
        CheckVersions(webhook.GetList("admissionReviewVersions"), context);
    }

    public static void CheckClientConfig(ObjectValue config, CheckContext context)
    {
        var count = UnionRules.Count(config, "url", "service");
        if (count != 1)
            context.Add(FieldError.Required(context.Here, "exactly one of url or service is required"));
        if (config.GetString("url") is { } url)
            CheckUrl(url, context);
    }

    public static void CheckRule(ObjectValue rule, CheckContext context)
    {
        foreach (var (field, what) in new[] { ("operations", "operations"), ("apiGroups", "groups"), ("apiVersions", "versions") })
        {
            if (rule.GetList(field) is { Count: > 1 } list && list.Any(v => v.AsString() == "*"))
                context.Invalid(field, list, $"if '*' is present, must not specify other {Plural(field, what)}");
        }

        ResourceNameRules.Check(rule.GetList("resources") ?? [], context.At("resources"), context);
    }

    private static string Plural(string field, string what) => field switch
    {
        "apiGroups" => "API groups",
        "apiVersions" => "API versions",
        _ => what,
    };

    private static void CheckName(string name, CheckContext context)
    {
        if (name.Length == 0)
            return;
        if (NameRules.DnsSubdomain(name) is { Count: > 0 } messages)
            context.AddInvalid(context.At("name"), name, messages);
        else if (name.Split('.').Length < 3)
            context.Invalid("name", name, "should be a domain with at least three segments separated by dots");
    }

    private static void CheckVersions(ListValue? versions, CheckContext context)
    {
        if (versions is null or { Count: 0 })
        {
            context.Required("admissionReviewVersions", "must specify one of v1, v1beta1");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < versions.Count; i++)
        {
            var (version, path) = (versions[i].AsString() ?? "", context.At("admissionReviewVersions").Index(i));
            if (seen.Add(version))
                context.AddInvalid(path, version, NameRules.Dns1035Label(version));
            else
                context.Add(FieldError.Invalid(path, version, "duplicate version"));
        }

        if (!Versions.Any(seen.Contains))
            context.Invalid("admissionReviewVersions", versions, "must include at least one of v1, v1beta1");
    }

    private static void CheckUrl(string url, CheckContext context)
    {
        const string Form = "; desired format: https://host[/path]";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            context.Required("url", $"url must be a valid URL{Form}");
        else if (uri.Scheme != "https")
            context.Invalid("url", uri.Scheme, $"'https' is the only allowed URL scheme{Form}");
        else if (uri.UserInfo.Length > 0)
            context.Invalid("url", uri.UserInfo, "user information is not permitted in the URL");
        else if (uri.Fragment.Length > 0)
            context.Invalid("url", uri.Fragment[1..], "fragments are not permitted in the URL");
        else if (uri.Query.Length > 1)
            context.Invalid("url", uri.Query[1..], "query parameters are not permitted in the URL");
    }
}
