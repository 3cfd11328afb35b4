using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>ReplicationControllers: the template's labels are their selector and their own labels unless they say otherwise.</summary>
internal static class ReplicationControllerRules
{
    public static void Default(ObjectValue controller)
    {
        var spec = controller.GetObject("spec");
        if (spec?.GetObject("template")?.GetObject("metadata")?.GetObject("labels") is not { Count: > 0 } labels)
            return;
        if (spec["selector"].IsZero())
            spec["selector"] = labels.DeepClone();
        var metadata = controller.GetOrAddObject("metadata");
        if (metadata["labels"].IsZero())
            metadata["labels"] = labels.DeepClone();
    }
}
