using Xebec.ApiMachinery.Values;

namespace Xebec.ApiServer.Aggregation;

/// <summary>What an extension server says of a group and version. Immutable.</summary>
/// <param name="Discovery">Its entry of aggregated discovery (APIVersionDiscovery).</param>
/// <param name="OpenApiV3">Where its OpenAPI 3 document is, from the server's root, its hash included; empty when it has none.</param>
/// <param name="OpenApiV2">Its paths and definitions in OpenAPI 2; null when it has none.</param>
/// <param name="Hash">Changes with any of it.</param>
internal sealed record RemoteDocument(ObjectValue Discovery, string OpenApiV3, ObjectValue? OpenApiV2, string Hash);
