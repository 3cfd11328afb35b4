using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Admissionregistration;

/// <summary>Which requests a webhook or policy is for: a wildcard stands alone.</summary>
internal static class WebhookMatchRules
{
    private static readonly (string Field, string Others)[] Lists =
        [("operations", "operations"), ("apiGroups", "API groups"), ("apiVersions", "API versions")];

    public static void Check(ObjectValue rule, CheckContext context)
    {
        foreach (var (field, others) in Lists)
        {
            if (rule.GetList(field) is { Count: > 1 } list && list.Any(v => v.AsString() == "*"))
                context.Invalid(field, list, $"if '*' is present, must not specify other {others}");
        }

        CheckNotEmpty(rule.GetList("apiVersions") ?? [], context.At("apiVersions"), context);
        CheckResources(rule.GetList("resources") ?? [], context.At("resources"), context);
    }

    private static void CheckNotEmpty(ListValue list, FieldPath path, CheckContext context)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].AsString() is null or "")
                context.Add(FieldError.Required(path.Index(i)));
        }
    }

    private static void CheckResources(ListValue resources, FieldPath path, CheckContext context)
    {
        CheckNotEmpty(resources, path, context);
        var (all, any) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < resources.Count; i++)
        {
            var text = resources[i].AsString() ?? "";
            if (text.Split('/', 2) is not [var resource, var subresource])
                continue;
            if (all.Contains(resource))
                context.Add(FieldError.Invalid(path.Index(i), text, $"if '{resource}/*' is present, must not specify {text}"));
            if (any.Contains(subresource))
                context.Add(FieldError.Invalid(path.Index(i), text, $"if '*/{subresource}' is present, must not specify {text}"));
            if (subresource == "*")
                all.Add(resource);
            if (resource == "*")
                any.Add(subresource);
        }

        CheckWildcards(resources, path, context);
    }

    private static void CheckWildcards(ListValue resources, FieldPath path, CheckContext context)
    {
        bool Has(string text) => resources.Any(r => r.AsString() == text);
        if (resources.Count > 1 && Has("*/*"))
            context.Add(FieldError.Invalid(path, resources, "if '*/*' is present, must not specify other resources"));
        if (Has("*") && resources.Any(r => r.AsString() is { Length: > 0 } text and not "*" && !text.Contains('/', StringComparison.Ordinal)))
        {
            const string Message = "if '*' is present, must not specify other resources without subresources";
            context.Add(FieldError.Invalid(path, resources, Message));
        }
    }
}
