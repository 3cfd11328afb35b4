namespace Xebec.Api.Meta.V1;

/// <summary>Any object of any kind, of which only the metadata is read.</summary>
public sealed partial class PartialObjectMetadata : IKubernetesObject;
