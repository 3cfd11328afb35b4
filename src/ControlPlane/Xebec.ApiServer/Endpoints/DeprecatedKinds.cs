using Xebec.ApiMachinery.Resources;

namespace Xebec.ApiServer.Endpoints;

/// <summary>Built-in kinds that are to be used no more.</summary>
internal static class DeprecatedKinds
{
    /// <summary>The warning of every request of a kind, null when it is current.</summary>
    public static string? Message(ResourceInfo info) => info.QualifiedPlural switch
    {
        "endpoints" => "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
        "componentstatuses" => "v1 ComponentStatus is deprecated in v1.19+",
        _ => null,
    };
}
