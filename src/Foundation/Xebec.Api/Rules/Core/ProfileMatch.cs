using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Compares a security profile's annotation with its field. The walk stands on the pod's spec or on the container.</summary>
internal static class ProfileMatch
{
    private const string Local = "localhost/";

    public static void CheckSeccomp(string? annotation, ObjectValue? profile, CheckContext context) =>
        Check(annotation, profile, "seccomp", "seccompProfile", context);

    public static void CheckAppArmor(string? annotation, ObjectValue? profile, CheckContext context) =>
        Check(annotation, profile, "apparmor", "appArmorProfile", context);

    private static void Check(string? annotation, ObjectValue? profile, string sort, string field, CheckContext context)
    {
        if (annotation is null || profile is null)
            return;
        var isSeccomp = sort == "seccomp";
        var isLocal = annotation.StartsWith(Local, StringComparison.Ordinal);
        var sameType = profile.GetString("type") switch
        {
            "Unconfined" => annotation == "unconfined",
            "RuntimeDefault" => annotation == "runtime/default" || (isSeccomp && annotation == "docker/default"),
            "Localhost" => isLocal,
            _ => true,
        };
        var path = context.At("securityContext").Child(field);
        if (!sameType)
            context.Add(FieldError.Forbidden(path.Child("type"), $"{sort} type in annotation and field must match"));
        else if (profile.GetString("type") == "Localhost" && profile.GetString("localhostProfile") != annotation[Local.Length..])
            context.Add(FieldError.Forbidden(path.Child("localhostProfile"), $"{sort} profile in annotation and field must match"));
    }
}
