using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The resize subresource: CPU and memory of containers and of the pod as a whole, nothing else. The walk stands on the spec.</summary>
internal static class PodResizeRules
{
    private static readonly string[] Lists = ["requests", "limits"];

    public static void Check(ObjectValue updated, ObjectValue stored, CheckContext context)
    {
        var (spec, before) = (updated.GetObject("spec")!, stored.GetObject("spec")!);
        if (Refusal(stored, before) is { } refusal)
        {
            context.Add(FieldError.Forbidden(FieldPath.Root(""), refusal));
            return;
        }

        var found = context.ErrorCount;
        if (PodQuality.Of(before) != PodQuality.Of(spec))
        {
            var quality = updated.GetObject("status")?.GetString("qosClass") ?? "";
            context.InvalidHere(quality, "Pod QOS Class may not change as a result of resizing");
        }

        if (!RunsWhereResizable(stored))
            context.ForbiddenHere("Pod running on node without support for resize");
        var rest = (ObjectValue)spec.DeepClone();
        CheckPod(rest, before, context);
        if (!SameOrder(spec, before, "containers", context) | !SameOrder(spec, before, "initContainers", context))
            return;
        CheckContainers(rest, before, "initContainers", context);
        CheckContainers(rest, before, "containers", context);
        if (context.ErrorCount == found && !PodUpdateRules.Same(rest, before))
            context.ForbiddenHere("only cpu and memory resources are mutable");
    }

    private static string? Refusal(ObjectValue stored, ObjectValue before) =>
        PodAnnotationRules.IsMirror(stored) ? "static pods cannot be resized"
        : before.GetObject("os")?.GetString("name") == "windows" ? "windows pods cannot be resized"
        : null;

    // A node that resizes says what its running containers have.
    private static bool RunsWhereResizable(ObjectValue stored)
    {
        foreach (var status in stored.GetObject("status")?.GetList("containerStatuses") ?? [])
        {
            if (status.AsObject()?.GetObject("state")?.GetObject("running") is not null)
                return status.AsObject()!.GetObject("resources") is not null;
        }

        return true;
    }

    private static void CheckPod(ObjectValue rest, ObjectValue before, CheckContext context)
    {
        var (now, old) = (rest.GetObject("resources"), before.GetObject("resources"));
        if (now is null && old is null)
            return;
        if (now is null)
        {
            context.Forbidden("resources", "pod-level resources cannot be removed");
            return;
        }

        CheckNothingRemoved(now, old ?? [], "pod-level resource", context);
        SetBack(now, old ?? []);
        if (old is null && now["requests"].IsZero() && now["limits"].IsZero() && now["claims"].IsZero())
            rest.Remove("resources");
        if (!PodUpdateRules.Same(now, old ?? []))
            context.ForbiddenHere("only cpu and memory resources are mutable at pod-level");
    }

    private static bool SameOrder(ObjectValue spec, ObjectValue before, string field, CheckContext context)
    {
        var (now, old) = (spec.GetList(field), before.GetList(field));
        if ((now?.Count ?? 0) != (old?.Count ?? 0))
        {
            context.Forbidden(field, $"{field} may not be added or removed on resize");
            return false;
        }

        var same = true;
        for (var i = 0; i < (now?.Count ?? 0); i++)
        {
            if (now![i].AsObject()?.GetString("name") == old![i].AsObject()?.GetString("name"))
                continue;
            context.Add(FieldError.Forbidden(context.At(field).Index(i).Child("name"), $"{field} may not be renamed or reordered on resize"));
            same = false;
        }

        return same;
    }

    private static void CheckContainers(ObjectValue rest, ObjectValue before, string field, CheckContext context)
    {
        var old = before.GetList(field);
        for (var i = 0; i < (old?.Count ?? 0); i++)
        {
            if (rest.GetList(field)![i] is not ObjectValue container || old![i] is not ObjectValue stored)
                continue;
            context.Enter(field);
            context.EnterItem(i);
            context.Enter("resources");
            CheckNothingRemoved(container.GetObject("resources") ?? [], stored.GetObject("resources") ?? [], "resource", context);
            context.Leave();
            CheckInit(container, stored, field, context);
            SetBack(container.GetOrAddObject("resources"), stored.GetObject("resources") ?? []);
            var isSame = PodUpdateRules.Same(container, stored);
            if (!isSame && field == "initContainers")
                context.ForbiddenHere("only cpu and memory resources for init or sidecar containers are mutable");
            context.Leave();
            context.Leave();
            if (!isSame && field == "containers")
                context.ForbiddenHere("only cpu and memory resources are mutable");
        }
    }

    private static void CheckInit(ObjectValue container, ObjectValue stored, string field, CheckContext context)
    {
        if (field == "containers" || container.GetString("restartPolicy") == "Always" || PodUpdateRules.Same(container, stored))
            return;
        foreach (var policy in container.GetList("resizePolicy") ?? [])
        {
            if (policy.AsObject()?.GetString("restartPolicy") == "RestartContainer")
                context.ForbiddenHere("non-sidecar init containers with a resize policy of RestartContainer cannot be resized");
        }
    }

    private static void CheckNothingRemoved(ObjectValue now, ObjectValue old, string what, CheckContext context)
    {
        foreach (var list in Lists)
        {
            var amounts = now.GetObject(list);
            foreach (var (name, _) in old.GetObject(list) ?? [])
            {
                if (amounts?.ContainsKey(name) == true)
                    continue;
                var path = what.StartsWith("pod", StringComparison.Ordinal) ? context.At("resources").Child(list) : context.At(list);
                context.Add(FieldError.Forbidden(path, $"{what} {list} cannot be removed"));
                break;
            }
        }
    }

    // CPU and memory as they were.
    private static void SetBack(ObjectValue resources, ObjectValue old)
    {
        foreach (var list in Lists)
        {
            if (resources.GetObject(list) is not { } amounts)
                continue;
            foreach (var name in new[] { "cpu", "memory" })
                amounts[name] = old.GetObject(list)?[name];
            if (amounts.Count == 0)
                resources.Remove(list);
        }
    }
}
