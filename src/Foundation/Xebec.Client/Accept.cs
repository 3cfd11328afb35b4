using Xebec.Api.Meta.V1;

namespace Xebec.Client;

/// <summary>The Accept header for a type: metadata alone where that is all that is read.</summary>
internal static class Accept<T>
{
    private const string Json = "application/json";
    private static readonly bool IsPartial = typeof(T) == typeof(PartialObjectMetadata);

    public static readonly string One = IsPartial ? $"{Json};as=PartialObjectMetadata;g=meta.k8s.io;v=v1,{Json}" : Json;

    public static readonly string List = IsPartial ? $"{Json};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,{Json}" : Json;
}
