using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Containers of every sort: main, init and ephemeral.</summary>
internal static class ContainerRules
{
    public static void Default(ObjectValue container)
    {
        if (container["imagePullPolicy"].IsZero())
            container["imagePullPolicy"] = ImageName.DefaultPullPolicy(container.GetString("image") ?? "");
        DropStopSignal(container);
    }

    // Of a feature that is off; a lifecycle of nothing else goes with it.
    private static void DropStopSignal(ObjectValue container)
    {
        if (container.GetObject("lifecycle") is not { } lifecycle || !lifecycle.ContainsKey("stopSignal"))
            return;
        lifecycle.Remove("stopSignal");
        if (lifecycle.Count == 0)
            container.Remove("lifecycle");
    }

    public static void Check(ObjectValue container, CheckContext context)
    {
        UnionRules.CheckEnvFrom(container, context);
        CheckProbe(container, "livenessProbe", context);
        CheckProbe(container, "startupProbe", context);
        if (container.GetObject("readinessProbe")?["terminationGracePeriodSeconds"] is NumberValue seconds)
        {
            var path = context.At("readinessProbe").Child("terminationGracePeriodSeconds");
            context.Add(FieldError.Invalid(path, seconds, "must not be set for readinessProbes"));
        }
    }

    /// <summary>No blanks around the image's name: of containers of pods, not of templates.</summary>
    public static void CheckImage(ObjectValue container, CheckContext context)
    {
        if (container.GetString("image") is { Length: > 0 } image && (char.IsWhiteSpace(image[0]) || char.IsWhiteSpace(image[^1])))
            context.Invalid("image", image, "must not have leading or trailing whitespace");
    }

    // What checks life or the start succeeds the first time.
    private static void CheckProbe(ObjectValue container, string name, CheckContext context)
    {
        if (container.GetObject(name)?["successThreshold"]?.AsInt64() is { } threshold && threshold != 1)
            context.Add(FieldError.Invalid(context.At(name).Child("successThreshold"), threshold, "must be 1"));
    }
}
