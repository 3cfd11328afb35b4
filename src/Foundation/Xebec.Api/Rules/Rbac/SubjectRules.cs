using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Rbac;

/// <summary>Whom a role is bound to.</summary>
internal static class SubjectRules
{
    public const string Group = "rbac.authorization.k8s.io";

    public static void Default(ObjectValue subject)
    {
        if (subject["apiGroup"].IsZero() && subject.GetString("kind") is "User" or "Group")
            subject["apiGroup"] = Group;
    }
}
