using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Security contexts and the profiles in them.</summary>
internal static class SecurityContextRules
{
    public static void Check(ObjectValue security, CheckContext context)
    {
        if (security["allowPrivilegeEscalation"]?.AsBool() != false)
            return;
        if (security["privileged"]?.AsBool() == true)
        {
            const string Message = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
            context.Add(FieldError.Invalid(context.Here, security, Message));
        }

        if (security.GetObject("capabilities")?.GetList("add")?.Any(c => c.AsString() == "CAP_SYS_ADMIN") == true)
        {
            const string Message = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
            context.Add(FieldError.Invalid(context.Here, security, Message));
        }
    }

    public static void CheckSeccomp(ObjectValue profile, CheckContext context) => CheckProfile(profile, "seccomp", context);

    public static void CheckAppArmor(ObjectValue profile, CheckContext context) => CheckProfile(profile, "AppArmor", context);

    private static void CheckProfile(ObjectValue profile, string kind, CheckContext context)
    {
        var isLocal = profile.GetString("type") == "Localhost";
        var path = profile.GetString("localhostProfile");
        if (isLocal && path is null or "")
        {
            context.Required("localhostProfile", $"must be set when {kind} type is Localhost");
        }
        else if (!isLocal && path is not null)
        {
            context.Invalid("localhostProfile", path, $"can only be set when {kind} type is Localhost");
        }
    }
}
