using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Fields that only one operating system knows must not be set for a pod of the other. The walk stands on the pod's spec.</summary>
internal static class PodOsRules
{
    private const string NotForWindows = "cannot be set for a windows pod";
    private const string NotForLinux = "windows options cannot be set for a linux pod";
    private static readonly string[] LinuxPodFields = ["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace"];

    private static readonly string[] LinuxSecurityFields =
    [
        "appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls", "runAsUser", "runAsGroup",
        "supplementalGroups", "supplementalGroupsPolicy", "seLinuxChangePolicy",
    ];

    private static readonly string[] LinuxContainerFields =
    [
        "appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged",
        "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup",
    ];

    public static void Check(ObjectValue spec, string system, CheckContext context)
    {
        if (system == "linux")
        {
            CheckWindowsOptions(spec, context);
            PodContainerRules.Visit(spec, context, CheckWindowsOptions);
            return;
        }

        CheckSecurity(spec, LinuxSecurityFields, context);
        foreach (var name in LinuxPodFields)
        {
            if (name is "hostPID" or "hostIPC" ? !spec[name].IsZero() : !spec[name].IsAbsent())
                context.Forbidden(name, NotForWindows);
        }

        PodContainerRules.Visit(spec, context, (container, at) => CheckSecurity(container, LinuxContainerFields, at));
    }

    private static void CheckWindowsOptions(ObjectValue owner, CheckContext context)
    {
        if (owner.GetObject("securityContext")?["windowsOptions"].IsAbsent() == false)
            context.Add(FieldError.Forbidden(context.At("securityContext").Child("windowsOptions"), NotForLinux));
    }

    private static void CheckSecurity(ObjectValue owner, string[] fields, CheckContext context)
    {
        if (owner.GetObject("securityContext") is not { } security)
            return;
        foreach (var name in fields)
        {
            if (!security[name].IsAbsent())
                context.Add(FieldError.Forbidden(context.At("securityContext").Child(name), NotForWindows));
        }
    }
}
