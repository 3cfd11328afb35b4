using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The resource claims of a pod, and which of them its containers use (KEP-4381).</summary>
internal static class ResourceClaimRules
{
    /// <summary>A claim of a pod: one that exists, or one made from a template.</summary>
    public static void Check(ObjectValue claim, CheckContext context)
    {
        var (existing, template) = (!claim["resourceClaimName"].IsAbsent(), !claim["resourceClaimTemplateName"].IsAbsent());
        if (existing && template)
            context.InvalidHere(Shown(claim), "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
        if (!existing && !template)
            context.InvalidHere(Shown(claim), "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
    }

    /// <summary>The claims that a container uses are claims of its pod, each once. The walk stands on the container.</summary>
    public static void CheckUses(ObjectValue container, ObjectValue spec, CheckContext context)
    {
        if (container.GetObject("resources")?.GetList("claims") is not { Count: > 0 } uses)
            return;
        context.Enter("resources");
        context.Enter("claims");
        var seen = new List<string>();
        var known = (spec.GetList("resourceClaims") ?? []).Select(c => c.AsObject()?.GetString("name") ?? "").Where(n => n.Length > 0).ToArray();
        for (var i = 0; i < uses.Count; i++)
        {
            context.EnterItem(i);
            CheckUse(uses[i].AsObject() ?? [], seen, known, context);
            context.Leave();
        }

        context.Leave();
        context.Leave();
    }

    private static void CheckUse(ObjectValue use, List<string> seen, string[] known, CheckContext context)
    {
        var (name, request) = (use.GetString("name") ?? "", use.GetString("request") ?? "");
        if (name.Length == 0)
        {
            context.RequiredHere();
            return;
        }

        CheckOnce(name, request, seen, context);
        if (Array.IndexOf(known, name) >= 0)
            return;
        var detail = known.Length == 0 ? " which is empty" : ": " + string.Join(", ", known.Order(StringComparer.Ordinal));
        context.Add(FieldError.NotFound(context.Here, name, "must be one of the names in pod.spec.resourceClaims" + detail));
    }

    // A claim as a whole and one of its requests overlap.
    private static void CheckOnce(string name, string request, List<string> seen, CheckContext context)
    {
        if (seen.Contains(name))
        {
            context.Add(FieldError.Duplicate(context.Here, name));
            return;
        }

        context.CheckText("request", request, request.Length == 0 ? [] : NameRules.DnsLabel(request));
        var key = request.Length == 0 ? name : $"{name}/{request}";
        if (seen.Contains(key))
            context.Add(FieldError.Duplicate(context.Here, key));
        foreach (var other in seen)
        {
            if (request.Length == 0 && other.StartsWith(name + "/", StringComparison.Ordinal))
                context.Add(FieldError.Duplicate(context.Here, name));
        }

        seen.Add(key);
    }

    // Upstream shows its internal form.
    private static ObjectValue Shown(ObjectValue claim) => new()
    {
        { "Name", claim.GetString("name") ?? "" },
        { "ResourceClaimName", claim["resourceClaimName"] ?? Value.Null },
        { "ResourceClaimTemplateName", claim["resourceClaimTemplateName"] ?? Value.Null },
    };
}
