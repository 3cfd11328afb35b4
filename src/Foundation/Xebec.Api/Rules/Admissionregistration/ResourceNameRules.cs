using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Admissionregistration;

/// <summary>The resources of a webhook's or policy's rule: none is said twice by a wildcard.</summary>
internal static class ResourceNameRules
{
    public static void Check(ListValue resources, FieldPath path, CheckContext context)
    {
        var (wholes, parts) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var (hasEverything, hasEveryResource, hasPlain) = (false, false, false);
        for (var i = 0; i < resources.Count; i++)
        {
            var text = resources[i].AsString() ?? "";
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            hasEverything |= text == "*/*";
            hasEveryResource |= text == "*";
            if (text.Length == 0)
                context.Add(FieldError.Required(path.Index(i)));
            else if (slash < 0)
                hasPlain |= text != "*";
            else
                CheckPart(text, text[..slash], text[(slash + 1)..], wholes, parts, path.Index(i), context);
        }

        if (resources.Count > 1 && hasEverything)
            context.Add(FieldError.Invalid(path, resources, "if '*/*' is present, must not specify other resources"));
        if (hasEveryResource && hasPlain)
            context.Add(FieldError.Invalid(path, resources, "if '*' is present, must not specify other resources without subresources"));
    }

    private static void CheckPart(
        string text, string resource, string subresource, HashSet<string> wholes, HashSet<string> parts, FieldPath at, CheckContext context)
    {
        if (wholes.Contains(resource))
            context.Add(FieldError.Invalid(at, text, $"if '{resource}/*' is present, must not specify {text}"));
        if (parts.Contains(subresource))
            context.Add(FieldError.Invalid(at, text, $"if '*/{subresource}' is present, must not specify {text}"));
        if (subresource == "*")
            wholes.Add(resource);
        if (resource == "*")
            parts.Add(subresource);
    }
}
