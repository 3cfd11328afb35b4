using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>The statuses of a pod's containers: what has ended and is not to be restarted stays ended. The walk stands on the status.</summary>
internal static class ContainerStatusRules
{
    private const int LongestHealthMessage = 1024;
    private static readonly string[] Healths = ["Healthy", "Unhealthy", "Unknown"];

    public static void Check(ObjectValue status, ObjectValue before, ObjectValue spec, CheckContext context)
    {
        CheckList(status, before, "containerStatuses", spec.GetList("containers"), spec, context);
        CheckList(status, before, "initContainerStatuses", spec.GetList("initContainers"), spec, context);
        CheckList(status, before, "ephemeralContainerStatuses", null, spec, context);
    }

    private static void CheckList(
        ObjectValue status, ObjectValue before, string field, ListValue? containers, ObjectValue spec, CheckContext context)
    {
        var (statuses, old) = (status.GetList(field), before.GetList(field));
        for (var i = 0; i < (old?.Count ?? 0); i++)
        {
            if (old![i] is ObjectValue ended && StaysEnded(ended, field, containers, spec) && Restarts(ended, statuses))
            {
                var path = context.At(field).Index(i).Child("state");
                context.Add(FieldError.Forbidden(path, "may not be transitioned to non-terminated state"));
            }
        }

        for (var i = 0; i < (statuses?.Count ?? 0); i++)
        {
            context.Enter(field);
            context.EnterItem(i);
            CheckUser(statuses![i].AsObject() ?? [], spec, context);
            CheckAllocated(statuses[i].AsObject() ?? [], containers, field, context);
            context.Leave();
            context.Leave();
        }
    }

    private static bool Restarts(ObjectValue ended, ListValue? statuses) => statuses?.Any(
        s => s.AsObject()?.GetString("name") == ended.GetString("name") && s.AsObject()?.GetObject("state")?.GetObject("terminated") is null) == true;

    private static bool StaysEnded(ObjectValue status, string field, ListValue? containers, ObjectValue spec)
    {
        if (status.GetObject("state")?.GetObject("terminated") is not { } end)
            return false;
        if (field == "ephemeralContainerStatuses")
            return true;
        var container = VolumeDeviceRules.Find(containers, status.GetString("name") ?? "");
        if (container?["restartPolicyRules"].IsZero() == false)
            return false;
        var policy = container?.GetString("restartPolicy") ?? spec.GetString("restartPolicy");
        var failed = end["exitCode"]?.AsInt64() is not (null or 0);
        return policy != "Always" && !(policy == "OnFailure" && failed) && spec.GetString("restartPolicy") != "Always";
    }

    private static void CheckUser(ObjectValue status, ObjectValue spec, CheckContext context)
    {
        if (status.GetObject("user")?.GetObject("linux") is not { } user)
            return;
        context.Enter("user");
        if (spec.GetObject("os")?.GetString("name") == "windows")
            context.Forbidden("linux", "cannot be set for a windows pod");
        else
        {
            context.Enter("linux");
            CheckId(user, "uid", context);
            CheckId(user, "gid", context);
            var groups = user.GetList("supplementalGroups");
            for (var i = 0; i < (groups?.Count ?? 0); i++)
            {
                if (groups![i].AsInt64() is < 0 or > int.MaxValue)
                    context.AddInvalid(context.At("supplementalGroups").Index(i), groups[i], [PortRules.InRange(0, int.MaxValue)]);
            }

            context.Leave();
        }

        context.Leave();
    }

    private static void CheckId(ObjectValue user, string field, CheckContext context)
    {
        if (user[field]?.AsInt64() is < 0 or > int.MaxValue)
            context.Invalid(field, user[field], PortRules.InRange(0, int.MaxValue));
    }

    private static void CheckAllocated(ObjectValue status, ListValue? containers, string field, CheckContext context)
    {
        if (status.GetList("allocatedResourcesStatus") is not { Count: > 0 } allocated)
            return;
        if (field == "ephemeralContainerStatuses")
        {
            context.Forbidden("allocatedResourcesStatus", "must not be specified in container status");
            return;
        }

        var container = VolumeDeviceRules.Find(containers, status.GetString("name") ?? "");
        context.Enter("allocatedResourcesStatus");
        for (var i = 0; i < allocated.Count; i++)
        {
            context.EnterItem(i);
            CheckResource(allocated[i].AsObject() ?? [], container?.GetObject("resources"), container is not null, context);
            context.Leave();
        }

        context.Leave();
    }

    private static void CheckResource(ObjectValue resource, ObjectValue? requirements, bool isKnown, CheckContext context)
    {
        var name = resource.GetString("name") ?? "";
        var isClaim = name.StartsWith("claim:", StringComparison.Ordinal);
        const string Claim =
            "must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty";
        if (isKnown && isClaim && requirements?.GetList("claims")?.Any(c => ClaimKey(c) == name) != true)
            context.Invalid("name", name, Claim);
        else if (isKnown && !isClaim && requirements?.GetObject("requests")?.ContainsKey(name) != true)
            context.Invalid("name", name, "must match one of the container's resource requests");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var parts = resource.GetList("resources");
        for (var i = 0; i < (parts?.Count ?? 0); i++)
        {
            context.Enter("resources");
            context.EnterItem(i);
            CheckHealth(parts![i].AsObject() ?? [], ids, context);
            context.Leave();
            context.Leave();
        }
    }

    private static void CheckHealth(ObjectValue part, HashSet<string> ids, CheckContext context)
    {
        var health = part.GetString("health") ?? "";
        if (Array.IndexOf(Healths, health) < 0)
            context.NotSupported("health", health, Healths);
        if (part.GetString("message") is "")
            context.Required("message", "must be non-empty if specified");
        else if (part.GetString("message")?.Length > LongestHealthMessage)
            context.Add(FieldError.TooLong(context.At("message"), LongestHealthMessage));
        if (part.GetString("resourceID") is var id && !ids.Add(id ?? ""))
            context.Duplicate("resourceID", id ?? "");
    }

    private static string ClaimKey(Value claim) => claim.AsObject()?.GetString("request") is { Length: > 0 } request
        ? $"claim:{claim.AsObject()!.GetString("name")}/{request}"
        : $"claim:{claim.AsObject()?.GetString("name")}";
}
