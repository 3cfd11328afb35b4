using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Selectors;
using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Registry.Batch;

/// <summary>Whether a selector matches labels.</summary>
internal static class WorkloadSelector
{
    /// <summary>A malformed selector is reported elsewhere and matches whatever it likes.</summary>
    public static bool Matches(ObjectValue selector, ObjectValue labels)
    {
        try
        {
            return LabelSelector.FromTree(selector).Matches(labels);
        }
        catch (Exception e) when (e is FormatException or ApiException)
        {
            return true;
        }
    }
}
