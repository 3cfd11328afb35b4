using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
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
        if (pod.GetObject("spec") is not { } spec)
            return;
        context.Enter("metadata");
        PodAnnotationRules.Check(pod, spec, context);
        context.Leave();
        context.Enter("spec");
        PodContainerRules.Visit(spec.GetList("containers"), "containers", context, ContainerRules.CheckImage);
        PodContainerRules.Visit(spec.GetList("initContainers"), "initContainers", context, ContainerRules.CheckImage);
        PodPortRules.CheckOfPod(spec, context);
        CheckVolumes(spec.GetList("volumes") ?? [], pod.GetObject("metadata")?.GetString("name") ?? "", spec, context);
        context.Leave();
    }

    public static void CheckCreate(ObjectValue pod, CheckContext context)
    {
        if (pod.GetObject("spec") is not { } spec)
            return;
        context.Enter("spec");
        if (!spec["ephemeralContainers"].IsZero())
            context.Forbidden("ephemeralContainers", "cannot be set on create");
        if (!spec["schedulingGates"].IsZero() && !spec["nodeName"].IsZero())
            context.Forbidden("nodeName", "cannot be set until all schedulingGates have been cleared");
        PodAnnotationRules.CheckMatch(pod, spec, context);
        context.Leave();
    }

    // The claims of ephemeral volumes are called after their pod, which a template does not know.
    private static void CheckVolumes(ListValue volumes, string podName, ObjectValue spec, CheckContext context)
    {
        for (var i = 0; i < volumes.Count; i++)
        {
            if (volumes[i] is not ObjectValue volume)
                continue;
            context.Enter("volumes");
            context.EnterItem(i);
            CheckTokens(volume, spec, context);
            if (podName.Length > 0)
                CheckClaims(volume, volumes, podName, context);
            context.Leave();
            context.Leave();
        }
    }

    private static void CheckTokens(ObjectValue volume, ObjectValue spec, CheckContext context)
    {
        if (!spec["serviceAccountName"].IsZero() || volume.GetObject("projected")?.GetList("sources") is not { } sources)
            return;
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i].AsObject()?["serviceAccountToken"].IsAbsent() != false)
                continue;
            var path = context.At("projected").Child("sources").Index(i).Child("serviceAccountToken");
            context.Add(FieldError.Forbidden(path, "must not be specified when serviceAccountName is not set"));
        }
    }

    private static void CheckClaims(ObjectValue volume, ListValue volumes, string podName, CheckContext context)
    {
        var name = volume.GetString("name") ?? "";
        if (volume.GetObject("ephemeral") is not null && name.Length > 0)
        {
            var claim = $"{podName}-{name}";
            foreach (var message in NameRules.DnsSubdomain(claim))
                context.Invalid("name", name, $"PVC name {GoText.Quote(claim)}: {message}");
        }

        var used = volume.GetObject("persistentVolumeClaim")?.GetString("claimName");
        if (used is not null && volumes.Any(v => v.AsObject()?.GetObject("ephemeral") is not null && $"{podName}-{v.AsObject()!.GetString("name")}" == used))
        {
            var path = context.At("persistentVolumeClaim").Child("claimName");
            context.Add(FieldError.Invalid(path, used, "must not reference a PVC that gets created for an ephemeral volume"));
        }
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
