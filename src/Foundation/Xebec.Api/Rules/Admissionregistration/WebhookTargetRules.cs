using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Admissionregistration;

/// <summary>Where a webhook is reached: a URL, or a path and port of a Service.</summary>
internal static class WebhookTargetRules
{
    private const string Form = "; desired format: https://host[/path]";

    public static void CheckUrl(string url, CheckContext context)
    {
        if (!Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var uri))
        {
            context.Required("url", $"url must be a valid URL{Form}");
            return;
        }

        var isAbsolute = uri.IsAbsoluteUri && url.Contains(':', StringComparison.Ordinal);
        if (!isAbsolute || uri.Scheme != "https")
            context.Invalid("url", isAbsolute ? uri.Scheme : "", $"'https' is the only allowed URL scheme{Form}");
        if (!isAbsolute || uri.Host.Length == 0)
            context.Invalid("url", "", $"host must be specified{Form}");
        if (isAbsolute && uri.UserInfo.Length > 0)
            context.Invalid("url", uri.UserInfo, "user information is not permitted in the URL");
        if (isAbsolute && uri.Fragment.Length > 1)
            context.Invalid("url", uri.Fragment[1..], "fragments are not permitted in the URL");
        if (isAbsolute && uri.Query.Length > 1)
            context.Invalid("url", uri.Query[1..], "query parameters are not permitted in the URL");
    }

    public static void CheckService(ObjectValue service, FieldPath path, CheckContext context)
    {
        if (service["port"]?.AsInt64() is { } port && PortRules.Number(port) is { Count: > 0 } messages)
            context.Add(FieldError.Invalid(path.Child("port"), port, $"port is not valid: {string.Join(',', messages)}"));
        if (service.GetString("path") is { Length: > 0 } text and not "/")
            CheckPath(text, path.Child("path"), context);
    }

    private static void CheckPath(string text, FieldPath path, CheckContext context)
    {
        if (text == "//")
        {
            context.Add(FieldError.Invalid(path, text, "segment[0] may not be empty"));
            return;
        }

        if (text[0] != '/')
            context.Add(FieldError.Invalid(path, text, "must start with a '/'"));
        var steps = text[1..].Split('/');
        if (steps.Length > 1 && steps[^1].Length == 0)
            steps = steps[..^1];
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Length == 0)
                context.Add(FieldError.Invalid(path, text, $"segment[{i}] may not be empty"));
            else
                CheckStep(steps[i], i, text, path, context);
        }
    }

    private static void CheckStep(string step, int position, string text, FieldPath path, CheckContext context)
    {
        foreach (var message in NameRules.DnsSubdomain(step))
            context.Add(FieldError.Invalid(path, text, $"segment[{position}]: {message}"));
    }
}
