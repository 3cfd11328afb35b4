using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Rbac;

/// <summary>Whom a role is bound to.</summary>
internal static class SubjectRules
{
    private const string Group = "rbac.authorization.k8s.io";

    public static void Default(ObjectValue subject)
    {
        if (subject["apiGroup"].IsZero() && subject.GetString("kind") is "User" or "Group")
            subject["apiGroup"] = Group;
    }

    public static void Check(ObjectValue subject, CheckContext context)
    {
        switch (subject.GetString("kind"))
        {
            case "ServiceAccount":
                CheckAccount(subject, context);
                break;
            case "User" or "Group":
                if (subject.GetString("apiGroup") != Group)
                    context.NotSupported("apiGroup", subject["apiGroup"] ?? "", [Group]);
                break;
            default:
                context.NotSupported("kind", subject["kind"] ?? "", ["ServiceAccount", "User", "Group"]);
                break;
        }
    }

    private static void CheckAccount(ObjectValue subject, CheckContext context)
    {
        if (subject.GetString("name") is { Length: > 0 } name && NameRules.DnsSubdomain(name) is { Count: > 0 } messages)
            context.AddInvalid(context.At("name"), name, messages);
        if (subject.GetString("apiGroup") is { Length: > 0 } group)
            context.NotSupported("apiGroup", group, [""]);
    }

    /// <summary>A cluster-wide binding must say in which namespace an account is; a namespaced one may leave it to its own.</summary>
    public static void CheckBinding(ObjectValue binding, CheckContext context)
    {
        var subjects = binding.GetList("subjects");
        for (var i = 0; i < (subjects?.Count ?? 0); i++)
        {
            if (subjects![i] is ObjectValue subject && subject.GetString("kind") == "ServiceAccount" && subject["namespace"].IsZero())
                context.Add(FieldError.Required(context.At("subjects").Index(i).Child("namespace")));
        }
    }
}
