using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Kernel parameters of a namespace that the pod shares with its host are the host's. The walk stands on the pod's spec.</summary>
internal static class PodSysctlRules
{
    private static readonly string[] OfIpc = ["kernel.shm", "kernel.msg", "fs.mqueue."];

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var (network, ipc) = (spec["hostNetwork"]?.AsBool() == true, spec["hostIPC"]?.AsBool() == true);
        if ((!network && !ipc) || spec.GetObject("securityContext")?.GetList("sysctls") is not { } sysctls)
            return;
        for (var i = 0; i < sysctls.Count; i++)
        {
            var name = sysctls[i].AsObject()?.GetString("name") ?? "";
            var dotted = name.Contains('/', StringComparison.Ordinal) ? name.Replace('/', '.') : name;
            var message = network && dotted.StartsWith("net.", StringComparison.Ordinal) ? "may not be specified when 'hostNetwork' is true"
                : ipc && IsOfIpc(dotted) ? "may not be specified when 'hostIPC' is true"
                : null;
            if (message is not null)
                context.Add(FieldError.Invalid(context.At("securityContext").Child("sysctls").Index(i).Child("name"), name, message));
        }
    }

    private static bool IsOfIpc(string name) =>
        name == "kernel.sem" || Array.Exists(OfIpc, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
