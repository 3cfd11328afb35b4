using Xebec.Api.Rules.Meta;
using Xebec.Api.Rules.Validation;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Names;
using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Node;

/// <summary>RuntimeClasses.</summary>
internal static class RuntimeClassRules
{
    public static void Check(ObjectValue runtimeClass, CheckContext context)
    {
        var handler = runtimeClass.GetString("handler") ?? "";
        context.AddInvalid(context.At("handler"), handler, NameRules.DnsLabel(handler));
    }

    public static void CheckScheduling(ObjectValue scheduling, CheckContext context)
    {
        if (scheduling.GetObject("nodeSelector") is { } labels)
            LabelSelectorRules.CheckLabels(labels, "nodeSelector", context);
        var tolerations = scheduling.GetList("tolerations") ?? [];
        for (var i = 1; i < tolerations.Count; i++)
        {
            if (tolerations.Take(i).Any(t => t.DeepEquals(tolerations[i])))
                context.Add(FieldError.Duplicate(context.At("tolerations").Index(i), tolerations[i]));
        }
    }
}
