using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>What runs as a container starts and stops. The walk stands on the container.</summary>
internal static class LifecycleRules
{
    /// <summary>A container may sleep before it stops as long as its pod has time to.</summary>
    public static void CheckSleep(ObjectValue container, long? graceSeconds, CheckContext context)
    {
        if (container.GetObject("lifecycle") is not { } lifecycle || graceSeconds is not { } grace)
            return;
        CheckSleep(lifecycle, "postStart", grace, context);
        CheckSleep(lifecycle, "preStop", grace, context);
    }

    private static void CheckSleep(ObjectValue lifecycle, string hook, long graceSeconds, CheckContext context)
    {
        if (lifecycle.GetObject(hook)?.GetObject("sleep") is not { } sleep)
            return;
        var seconds = sleep["seconds"]?.AsInt64() ?? 0;
        if (seconds >= 0 && seconds <= graceSeconds)
            return;
        var message = $"must be non-negative and less than terminationGracePeriodSeconds ({graceSeconds})";
        context.Add(FieldError.Invalid(context.At("lifecycle").Child(hook, "sleep"), seconds, message));
    }
}
