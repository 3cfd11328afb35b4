using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The containers of a pod together: names, what each sort of container may have, and the volumes they mount.</summary>
internal static class PodContainerRules
{
    private static readonly string[] ForbiddenInInit = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"];

    private static readonly string[] ForbiddenInEphemeral =
        ["ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resizePolicy"];

    public static void Check(ObjectValue spec, CheckContext context)
    {
        var names = new List<string>();
        var volumes = spec.GetList("volumes");
        CheckList(spec.GetList("containers"), "containers", names, volumes, null, context);
        CheckList(spec.GetList("initContainers"), "initContainers", names, volumes, CheckInit, context);
        CheckList(spec.GetList("ephemeralContainers"), "ephemeralContainers", names, volumes, CheckEphemeral, context);
        CheckTargets(spec, context);
    }

    private static void CheckList(
        ListValue? list,
        string field,
        List<string> names,
        ListValue? volumes,
        Action<ObjectValue, CheckContext>? checkSort,
        CheckContext context)
    {
        if (list is null)
            return;
        context.Enter(field);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not ObjectValue container)
                continue;
            context.EnterItem(i);
            CheckName(container.GetString("name") ?? "", names, context);
            VolumeMountRules.Check(container, volumes, context);
            checkSort?.Invoke(container, context);
            context.Leave();
        }

        context.Leave();
    }

    private static void CheckName(string name, List<string> names, CheckContext context)
    {
        if (name.Length == 0)
            return;
        if (names.Contains(name))
            context.Duplicate("name", name);
        else
            names.Add(name);
    }

    private static void CheckInit(ObjectValue container, CheckContext context)
    {
        if (container.GetString("restartPolicy") == "Always")
            return;
        foreach (var name in ForbiddenInInit)
        {
            if (!container[name].IsAbsent())
                context.Forbidden(name, "may not be set for init containers without restartPolicy=Always");
        }
    }

    private static void CheckEphemeral(ObjectValue container, CheckContext context)
    {
        foreach (var name in ForbiddenInEphemeral)
        {
            if (!container[name].IsZero())
                context.Forbidden(name, "cannot be set for an Ephemeral Container");
        }

        if (container.GetObject("resources") is { Count: > 0 })
            context.Forbidden("resources", "cannot be set for an Ephemeral Container");
        if (!container["restartPolicy"].IsZero())
            context.Forbidden("restartPolicy", "cannot be set for an Ephemeral Container");
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
