using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Fields that only one operating system knows must not be set for a pod of the other.</summary>
internal static class PodOsRules
{
    private static readonly string[] LinuxPodFields = ["hostPID", "hostIPC", "hostUsers", "shareProcessNamespace"];

    private static readonly string[] LinuxSecurityFields =
    [
        "appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls", "runAsUser", "runAsGroup",
        "supplementalGroups",
    ];

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var os = spec.GetObject("os")?.GetString("name");
        var security = spec.GetObject("securityContext");
        if (os == "linux" && security?["windowsOptions"].IsAbsent() == false)
            Forbid(context.At("securityContext").Child("windowsOptions"), "linux", context);
        if (os != "windows")
            return;
        foreach (var name in LinuxPodFields)
        {
            if (!spec[name].IsZero())
                Forbid(context.At(name), os, context);
        }

        foreach (var name in LinuxSecurityFields)
        {
            if (security?[name].IsAbsent() == false)
                Forbid(context.At("securityContext").Child(name), os, context);
        }
    }

    private static void Forbid(FieldPath path, string os, CheckContext context) => context.Add(FieldError.Forbidden(
        path, os == "linux" ? "windows options cannot be set for a linux pod" : "cannot be set for a windows pod"));
}
