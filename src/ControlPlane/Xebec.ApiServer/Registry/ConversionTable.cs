using Xebec.ApiMachinery.Resources;

namespace Xebec.ApiServer.Registry;

/// <summary>The served versions that are not the stored ones.</summary>
internal static class ConversionTable
{
    /// <summary>The conversion of a kind's version, null when it is stored as it is.</summary>
    public static VersionConversion? For(GroupVersion groupVersion, string kind) => null;
}
