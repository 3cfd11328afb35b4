using Xebec.Api;
using Xebec.ApiMachinery.Resources;
using Xebec.ApiServer.Registry.Autoscaling;
using Xebec.ApiServer.Registry.Core;

namespace Xebec.ApiServer.Registry;

/// <summary>The served versions of built-in kinds that are not the stored ones.</summary>
internal static class ConversionTable
{
    /// <summary>The conversion of a kind's version, null when it is stored as it is.</summary>
    public static VersionConversion? For(GroupVersion groupVersion, string kind)
    {
        var schema = BuiltIn.KindSchema(groupVersion, kind);
        return (groupVersion.ToString(), kind) switch
        {
            ("events.k8s.io/v1", "Event") => new BuiltInConversion(
                EventConversion.ToStorage, BuiltIn.Schema["core/v1.Event"], EventConversion.FromStorage, schema),
            ("autoscaling/v1", "HorizontalPodAutoscaler") => new BuiltInConversion(
                AutoscalerConversion.ToStorage, BuiltIn.Schema["autoscaling/v2.HorizontalPodAutoscaler"],
                AutoscalerConversion.FromStorage, schema),
            _ => null,
        };
    }
}
