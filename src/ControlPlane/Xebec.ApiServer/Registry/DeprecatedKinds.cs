using Xebec.ApiMachinery.Resources;

namespace Xebec.ApiServer.Registry;

/// <summary>The built-in kinds that upstream advises against, and what clients are told of them.</summary>
internal static class DeprecatedKinds
{
    /// <summary>The warning of a kind, null when it has none.</summary>
    public static string? WarningOf(ResourceInfo info) => info.ToString() switch
    {
        "v1 ComponentStatus" => "v1 ComponentStatus is deprecated in v1.19+",
        "v1 Endpoints" => "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
        _ => null,
    };
}
