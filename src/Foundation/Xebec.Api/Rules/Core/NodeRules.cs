using Xebec.ApiMachinery.Values;

namespace Xebec.Api.Rules.Core;

/// <summary>Nodes.</summary>
internal static class NodeRules
{
    public static void Default(ObjectValue status)
    {
        if (status["allocatable"].IsAbsent() && status.GetObject("capacity") is { } capacity)
            status["allocatable"] = capacity.DeepClone();
    }
}
