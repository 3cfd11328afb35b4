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
