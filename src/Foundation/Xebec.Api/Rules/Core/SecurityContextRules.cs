using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Security contexts and the profiles in them.</summary>
internal static class SecurityContextRules
{
    private const int LongestProfile = 4095;

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

    public static void CheckSeccomp(ObjectValue profile, CheckContext context)
    {
        var path = profile.GetString("localhostProfile");
        if (profile.GetString("type") != "Localhost")
        {
            if (path is not null)
                context.Invalid("localhostProfile", Shown(profile), "can only be set when seccomp type is Localhost");
        }
        else if (path is null)
            context.Required("localhostProfile", "must be set when seccomp type is Localhost");
        else
            context.CheckText("localhostProfile", path, PathRules.Relative(path));
    }

    public static void CheckAppArmor(ObjectValue profile, CheckContext context)
    {
        var path = profile.GetString("localhostProfile");
        if (profile.GetString("type") is "RuntimeDefault" or "Unconfined")
        {
            if (path is not null)
                context.Invalid("localhostProfile", path, "can only be set when AppArmor type is Localhost");
        }
        else if (profile.GetString("type") == "Localhost")
            CheckAppArmorName(path ?? "", context);
    }

    private static void CheckAppArmorName(string path, CheckContext context)
    {
        if (path.Length == 0)
            context.Required("localhostProfile", "must be set when AppArmor type is Localhost");
        else if (path.Trim() != path)
            context.Invalid("localhostProfile", path, "must not be padded with whitespace");
        if (System.Text.Encoding.UTF8.GetByteCount(path) > LongestProfile)
            context.Add(FieldError.TooLong(context.At("localhostProfile"), LongestProfile));
    }

    // Upstream shows its internal form.
    private static ObjectValue Shown(ObjectValue profile) => new()
    {
        { "Type", profile.GetString("type") ?? "" },
        { "LocalhostProfile", profile["localhostProfile"] ?? Value.Null },
    };
}
