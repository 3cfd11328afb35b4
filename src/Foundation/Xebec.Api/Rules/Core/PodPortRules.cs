using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The host's ports that a pod takes: none twice, and with host networking the same as the container's.</summary>
internal static class PodPortRules
{
    public static void Check(ObjectValue spec, CheckContext context)
    {
        var taken = new List<string>();
        PodContainerRules.Visit(spec.GetList("containers"), "containers", context, (c, at) => CheckTaken(c, taken, at));
        CheckInitContainers(spec.GetList("initContainers"), context);
        if (spec["hostNetwork"]?.AsBool() == true)
            PodContainerRules.Visit(spec.GetList("containers"), "containers", context, (c, at) => CheckSame(c, mayBeUnset: true, at));
    }

    /// <summary>The same for pods, whose ports of the host have been filled in. The walk stands on the pod's spec.</summary>
    public static void CheckOfPod(ObjectValue spec, CheckContext context)
    {
        if (spec["hostNetwork"]?.AsBool() == true)
            PodContainerRules.Visit(spec.GetList("containers"), "containers", context, (c, at) => CheckSame(c, mayBeUnset: false, at));
    }

    // Init containers run one after the other; upstream's paths all name the first.
    private static void CheckInitContainers(ListValue? list, CheckContext context)
    {
        context.Enter("initContainers");
        context.EnterItem(0);
        foreach (var container in list ?? [])
            CheckTaken(container.AsObject() ?? [], [], context);
        context.Leave();
        context.Leave();
    }

    private static void CheckTaken(ObjectValue container, List<string> taken, CheckContext context)
    {
        var ports = container.GetList("ports");
        for (var i = 0; i < (ports?.Count ?? 0); i++)
        {
            if (ports![i] is not ObjectValue port || port["hostPort"].IsZero())
                continue;
            var identity = $"{port.GetString("protocol")}/{port.GetString("hostIP")}/{port["hostPort"]}";
            if (taken.Contains(identity))
                context.Add(FieldError.Duplicate(context.At("ports").Index(i).Child("hostPort"), identity));
            else
                taken.Add(identity);
        }
    }

    // Checked twice for a pod: what is set and differs by the rules of every spec, what is unset by the pod's own.
    private static void CheckSame(ObjectValue container, bool mayBeUnset, CheckContext context)
    {
        var ports = container.GetList("ports");
        for (var i = 0; i < (ports?.Count ?? 0); i++)
        {
            if (ports![i] is not ObjectValue port || port["hostPort"].IsZero() == mayBeUnset)
                continue;
            var (host, own) = (port["hostPort"]?.AsInt64() ?? 0, port["containerPort"]?.AsInt64() ?? 0);
            var path = context.At("ports").Index(i).Child("hostPort");
            if (host != own)
                context.Add(FieldError.Invalid(path, host, "must match `containerPort` when `hostNetwork` is true"));
        }
    }
}
