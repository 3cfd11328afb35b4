using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Pods, as opposed to pod templates.</summary>
internal static class PodRules
{
    public static void Default(ObjectValue pod)
    {
        if (pod.GetObject("spec") is not { } spec)
            return;
        var hostNetwork = spec["hostNetwork"]?.AsBool() == true;
        DefaultContainers(spec.GetList("containers"), hostNetwork);
        DefaultContainers(spec.GetList("initContainers"), hostNetwork);
        PodLevelResources.DefaultRequests(spec);
    }

    public static void Check(ObjectValue pod, CheckContext context)
    {
        var spec = pod.GetObject("spec");
        if (spec?["schedulingGates"].IsZero() == false && !spec["nodeName"].IsZero())
        {
            const string Message = "cannot be set until all schedulingGates have been cleared";
            context.Add(FieldError.Forbidden(context.At("spec").Child("nodeName"), Message));
        }
    }

    public static void CheckCreate(ObjectValue pod, CheckContext context)
    {
        if (pod.GetObject("spec")?["ephemeralContainers"].IsZero() == false)
            context.Add(FieldError.Forbidden(context.At("spec").Child("ephemeralContainers"), "cannot be set on create"));
    }

    private static void DefaultContainers(ListValue? containers, bool hostNetwork)
    {
        foreach (var item in containers ?? [])
        {
            if (item is not ObjectValue container)
                continue;
            DefaultRequests(container);
            if (hostNetwork)
                DefaultHostPorts(container);
        }
    }

    // A pod that limits a resource requests as much of it; a template does not yet, so that a LimitRange can decide.
    private static void DefaultRequests(ObjectValue container)
    {
        if (container.GetObject("resources") is { } resources && resources.GetObject("limits") is { Count: > 0 } limits)
            ResourceAmounts.AddMissing(resources.GetOrAddObject("requests"), limits);
    }

    private static void DefaultHostPorts(ObjectValue container)
    {
        foreach (var item in container.GetList("ports") ?? [])
        {
            if (item is ObjectValue port && port["hostPort"].IsZero() && !port["containerPort"].IsZero())
                port["hostPort"] = port["containerPort"];
        }
    }
}
