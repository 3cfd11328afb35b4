using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What a pod shares with its host, and what it is called there. The walk stands on the pod's spec.</summary>
internal static class PodHostRules
{
    private const int LongestHostname = 64;

    public static void Check(ObjectValue spec, CheckContext context)
    {
        if (spec["hostPID"]?.AsBool() == true && spec["shareProcessNamespace"]?.AsBool() == true)
            context.Invalid("shareProcessNamespace", true, "ShareProcessNamespace and HostPID cannot both be enabled");
        if (spec["hostUsers"]?.AsBool() == false)
            CheckUserNamespace(spec, context);
        else
            PodContainerRules.Visit(spec, context, CheckProcMount);
        if (spec.GetString("hostnameOverride") is { } name)
            CheckHostname(name, spec, context);
    }

    // A pod with its own users shares no other namespace with its host.
    private static void CheckUserNamespace(ObjectValue spec, CheckContext context)
    {
        const string Message = "when `hostUsers` is false";
        if (spec["hostNetwork"]?.AsBool() == true)
            context.Forbidden("hostNetwork", Message);
        if (spec["hostPID"]?.AsBool() == true)
            context.Forbidden("HostPID", Message);
        if (spec["hostIPC"]?.AsBool() == true)
            context.Forbidden("HostIPC", Message);
        PodContainerRules.Visit(spec, context, (container, at) =>
        {
            if (container["volumeDevices"].IsZero() == false)
                at.Forbidden("volumeDevices", Message);
        });
    }

    private static void CheckProcMount(ObjectValue container, CheckContext context)
    {
        if (container.GetObject("securityContext")?.GetString("procMount") != "Unmasked")
            return;
        var path = context.At("securityContext").Child("procMount");
        context.Add(FieldError.Invalid(path, "Unmasked", "`hostUsers` must be false to use `Unmasked`"));
    }

    private static void CheckHostname(string name, ObjectValue spec, CheckContext context)
    {
        if (spec["setHostnameAsFQDN"]?.AsBool() == true)
            context.Forbidden("hostnameOverride", "may not be specified when setHostnameAsFQDN is true");
        if (spec["hostNetwork"]?.AsBool() == true)
            context.Forbidden("hostnameOverride", "may not be specified when hostNetwork is true");
        if (name.Length > LongestHostname)
            context.Add(FieldError.TooLong(context.At("hostnameOverride"), LongestHostname));
        context.CheckText("hostnameOverride", name, NameRules.DnsSubdomain(name));
    }
}
