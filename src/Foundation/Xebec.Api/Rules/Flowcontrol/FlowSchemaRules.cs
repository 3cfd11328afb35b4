using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Flowcontrol;

/// <summary>FlowSchemas: which requests they are for.</summary>
internal static class FlowSchemaRules
{
    private const long HighestPrecedence = 10_000;

    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

    private static readonly (string Kind, string Field)[] SubjectFields = [("User", "user"), ("Group", "group"), ("ServiceAccount", "serviceAccount")];

    public static void Check(ObjectValue schema, CheckContext context)
    {
        var name = schema.GetObject("metadata")?.GetString("name");
        if (schema.GetObject("spec")?["matchingPrecedence"]?.AsInt64() == 1 && name != "exempt")
        {
            var path = context.At("spec").Child("matchingPrecedence");
            context.Add(FieldError.Invalid(path, 1L, "only the schema named 'exempt' may have matchingPrecedence 1"));
        }
    }

    public static void CheckSpec(ObjectValue spec, CheckContext context)
    {
        var precedence = spec["matchingPrecedence"]?.AsInt64() ?? 0;
        if (precedence <= 0)
            context.Invalid("matchingPrecedence", precedence, "must be a positive value");
        else if (precedence > HighestPrecedence)
            context.Invalid("matchingPrecedence", precedence, $"must not be greater than {HighestPrecedence}");
    }

    public static void CheckRules(ObjectValue rules, CheckContext context)
    {
        if (rules["subjects"].IsZero())
            context.Required("subjects", "subjects must contain at least one value");
        if (rules["resourceRules"].IsZero() && rules["nonResourceRules"].IsZero())
            context.Add(FieldError.Required(context.Here, "at least one of resourceRules and nonResourceRules has to be non-empty"));
    }

    public static void CheckSubject(ObjectValue subject, CheckContext context)
    {
        var kind = subject.GetString("kind");
        if (!SubjectFields.Any(f => f.Kind == kind))
            return;
        foreach (var (wanted, field) in SubjectFields)
        {
            if (wanted == kind && subject[field].IsAbsent())
                context.Required(field, $"{field} is required when subject kind is '{kind}'");
            else if (wanted != kind && !subject[field].IsAbsent())
                context.Forbidden(field, $"{field} is forbidden when subject kind is not '{wanted}'");
        }
    }

    public static void CheckAccount(ObjectValue account, CheckContext context)
    {
        if (account.GetString("name") is { Length: > 0 } name and not "*")
            context.AddInvalid(context.At("name"), name, NameRules.DnsSubdomain(name));
    }

    public static void CheckResourceRule(ObjectValue rule, CheckContext context)
    {
        CheckVerbs(rule, context);
        CheckList(rule, "apiGroups", "resource rules must supply at least one api group", "api groups", context);
        CheckList(rule, "resources", "resource rules must supply at least one resource", "resources", context);
        CheckNamespaces(rule, context);
    }

    public static void CheckNonResourceRule(ObjectValue rule, CheckContext context)
    {
        CheckVerbs(rule, context);
        CheckList(rule, "nonResourceURLs", "nonResourceURLs must contain at least one value", "non-resource URLs", context);
        var paths = rule.GetList("nonResourceURLs") ?? [];
        for (var i = 0; i < paths.Count && !HasWildcard(paths); i++)
        {
            if (PathObjection(paths[i].AsString() ?? "") is { } message)
                context.Add(FieldError.Invalid(context.At("nonResourceURLs").Index(i), paths[i], message));
        }
    }

    private static void CheckVerbs(ObjectValue rule, CheckContext context)
    {
        CheckList(rule, "verbs", "verbs must contain at least one value", "verbs", context);
        if (rule.GetList("verbs") is { Count: > 0 } verbs && !HasWildcard(verbs) && verbs.Any(v => Array.IndexOf(Verbs, v.AsString()) < 0))
            context.NotSupported("verbs", verbs, Verbs);
    }

    private static void CheckList(ObjectValue rule, string field, string missing, string others, CheckContext context)
    {
        if (rule.GetList(field) is not { Count: > 0 } list)
            context.Required(field, missing);
        else if (list.Count > 1 && HasWildcard(list))
            context.Invalid(field, list, $"if '*' is present, must not specify other {others}");
    }

    private static void CheckNamespaces(ObjectValue rule, CheckContext context)
    {
        var namespaces = rule.GetList("namespaces") ?? [];
        if (namespaces.Count == 0 && rule["clusterScope"]?.AsBool() != true)
            context.Required("namespaces", "resource rules that are not cluster scoped must supply at least one namespace");
        else if (HasWildcard(namespaces) && namespaces.Count > 1)
            context.Invalid("namespaces", namespaces, "if '*' is present, must not specify other namespaces");
        for (var i = 0; i < namespaces.Count && !HasWildcard(namespaces); i++)
        {
            foreach (var message in NameRules.DnsLabel(namespaces[i].AsString() ?? ""))
            {
                var text = $"each member of this list must be '*' or a DNS-1123 label; {message}";
                context.Add(FieldError.Invalid(context.At("namespaces").Index(i), namespaces[i], text));
            }
        }
    }

    private static string? PathObjection(string path) => path switch
    {
        "" => "must not be empty",
        "/" => null,
        _ when path[0] != '/' => "must start with slash",
        _ when path.Contains(' ', StringComparison.Ordinal) => "must not contain white-space",
        _ when path.Contains("//", StringComparison.Ordinal) => "must not contain double slash",
        _ when path.Count(c => c == '*') is var stars && (stars > 1 || (stars == 1 && !path.EndsWith("/*", StringComparison.Ordinal))) =>
            "wildcard can only do suffix matching",
        _ => null,
    };

    private static bool HasWildcard(ListValue list) => list.Any(v => v.AsString() == "*");
}
