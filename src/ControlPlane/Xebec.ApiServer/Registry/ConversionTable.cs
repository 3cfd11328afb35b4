using Xebec.Api;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiServer.Registry.Autoscaling;
using Xebec.ApiServer.Registry.Core;

namespace Xebec.ApiServer.Registry;

/// <summary>The served versions that are not the stored ones.</summary>
internal static class ConversionTable
{
    /// <summary>The conversion of a kind's version, null when it is stored as it is.</summary>
    public static VersionConversion? For(GroupVersion groupVersion, string kind) => (groupVersion.ToString(), kind) switch
    {
        ("events.k8s.io/v1", "Event") => new(EventConversion.ToStorage, BuiltIn.Schema["core/v1.Event"], EventConversion.FromStorage),
        ("autoscaling/v1", "HorizontalPodAutoscaler") => new(
            AutoscalerConversion.ToStorage, BuiltIn.Schema["autoscaling/v2.HorizontalPodAutoscaler"], AutoscalerConversion.FromStorage),
        _ => null,
    };
}
