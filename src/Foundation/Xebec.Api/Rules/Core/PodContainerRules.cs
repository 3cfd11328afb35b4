using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The containers of a pod together: names, what each sort of container may have, and the volumes they mount.</summary>
internal static class PodContainerRules
{
    private static readonly string[] ForbiddenInInit = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"];

    private static readonly string[] ForbiddenInEphemeral =
    [
        "ports", "resources", "resizePolicy", "restartPolicy", "restartPolicyRules", "livenessProbe", "readinessProbe", "startupProbe",
        "lifecycle",
    ];

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var names = new List<string>();
        CheckList(spec, "containers", names, CheckMain, context);
        CheckList(spec, "initContainers", names, CheckInit, context);
        CheckList(spec, "ephemeralContainers", names, CheckEphemeral, context);
        CheckTargets(spec, context);
    }

    /// <summary>Visits every container, with the walk standing on it.</summary>
    public static void Visit(ObjectValue spec, CheckContext context, Action<ObjectValue, CheckContext> visit)
    {
        Visit(spec.GetList("initContainers"), "initContainers", context, visit);
        Visit(spec.GetList("containers"), "containers", context, visit);
        Visit(spec.GetList("ephemeralContainers"), "ephemeralContainers", context, visit);
    }

    /// <summary>Visits the containers of one list, with the walk standing on each.</summary>
    public static void Visit(ListValue? list, string field, CheckContext context, Action<ObjectValue, CheckContext> visit)
    {
        if (list is not { Count: > 0 })
            return;
        context.Enter(field);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not ObjectValue container)
                continue;
            context.EnterItem(i);
            visit(container, context);
            context.Leave();
        }

        context.Leave();
    }

    private static void CheckList(
        ObjectValue spec, string field, List<string> names, Action<ObjectValue, ObjectValue, CheckContext> checkSort, CheckContext context) =>
        Visit(spec.GetList(field), field, context, (container, at) =>
        {
            CheckName(container.GetString("name") ?? "", names, at);
            VolumeMountRules.Check(container, spec.GetList("volumes"), at);
            RestartRules.CheckResize(container, spec.GetString("restartPolicy"), at);
            ResourceClaimRules.CheckUses(container, spec, at);
            checkSort(container, spec, at);
        });

    private static void CheckName(string name, List<string> names, CheckContext context)
    {
        if (name.Length == 0)
            return;
        if (names.Contains(name))
            context.Duplicate("name", name);
        else
            names.Add(name);
    }

    private static void CheckMain(ObjectValue container, ObjectValue spec, CheckContext context)
    {
        LifecycleRules.CheckSleep(container, spec["terminationGracePeriodSeconds"]?.AsInt64(), context);
        RestartRules.Check(container, context);
    }

    private static void CheckInit(ObjectValue container, ObjectValue spec, CheckContext context)
    {
        RestartRules.Check(container, context);
        if (container.GetString("restartPolicy") == "Always")
        {
            LifecycleRules.CheckSleep(container, spec["terminationGracePeriodSeconds"]?.AsInt64(), context);
            return;
        }

        foreach (var name in ForbiddenInInit)
        {
            if (!container[name].IsAbsent())
                context.Forbidden(name, "may not be set for init containers without restartPolicy=Always");
        }

        RestartRules.CheckInitResize(container, context);
    }

    private static void CheckEphemeral(ObjectValue container, ObjectValue spec, CheckContext context)
    {
        ContainerRules.CheckImage(container, context);
        foreach (var name in ForbiddenInEphemeral)
        {
            if (!container[name].IsZero())
                context.Forbidden(name, "cannot be set for an Ephemeral Container");
        }

        var mounts = container.GetList("volumeMounts");
        for (var i = 0; i < (mounts?.Count ?? 0); i++)
        {
            foreach (var name in new[] { "subPath", "subPathExpr" })
            {
                if (mounts![i].AsObject()?[name].IsZero() == false)
                    context.Add(FieldError.Forbidden(context.At("volumeMounts").Index(i).Child(name), "cannot be set for an Ephemeral Container"));
            }
        }
    }

    private static void CheckTargets(ObjectValue spec, CheckContext context)
    {
        var list = spec.GetList("ephemeralContainers");
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            if (list![i].AsObject()?.GetString("targetContainerName") is { Length: > 0 } target && !HasContainer(spec, target))
                context.Add(FieldError.NotFound(context.At("ephemeralContainers").Index(i).Child("targetContainerName"), target));
        }
    }

    private static bool HasContainer(ObjectValue spec, string name)
    {
        foreach (var field in new[] { "containers", "initContainers" })
        {
            if (spec.GetList(field)?.Any(c => c.AsObject()?.GetString("name") == name) == true)
                return true;
        }

        return false;
    }
}
